using PublicationGate.App.Requests;

namespace PublicationGate.App.Tests.Requests;

/// <summary>Who gets a place to send a picture.</summary>
public class SentPicturesTests
{
    [Test]
    public async Task One_who_holds_places_keeps_nobody_else_out()
    {
        using var pictures = new SentPictures(null!);
        var slow = new TaskCompletionSource<string>();
        var held = Enumerable.Range(0, 12).Select(_ => pictures.InPlaceAsync("one", () => slow.Task, default)).ToList();
        Assert.That(await pictures.InPlaceAsync("another", () => Task.FromResult("taken"), default), Is.EqualTo("taken"));
        Assert.That(await pictures.InPlaceAsync("one", () => Task.FromResult("taken"), default), Is.Null, "two at once, ten that wait");
        slow.SetResult("late");
        Assert.That(await Task.WhenAll(held), Is.All.EqualTo("late"));
    }

    [Test]
    public async Task Two_of_one_sender_are_taken_in_at_once()
    {
        using var pictures = new SentPictures(null!);
        var (slow, begun) = (new TaskCompletionSource<string>(), 0);
        var held = Enumerable.Range(0, 3).Select(_ => pictures.InPlaceAsync("one", () =>
        {
            begun++;
            return slow.Task;
        }, default)).ToList();
        Assert.That(begun, Is.EqualTo(2));
        slow.SetResult("late");
        await Task.WhenAll(held);
        Assert.That(begun, Is.EqualTo(3));
    }
}
