namespace PublicationGate.Tests.Mailing;

/// <summary>The sentences of all letters, <c>mail.KIND.subject</c> and <c>mail.KIND.body</c>.</summary>
public class LetterSentencesTests
{
    private static readonly string[] Keys = [.. Texts.Entries.Keys.Where(key => key.StartsWith("mail.", StringComparison.Ordinal))];

    public static IEnumerable<string> Kinds => Keys.Select(key => key.Split('.')[1]).Distinct();

    [TestCaseSource(nameof(Kinds))]
    public void A_letter_has_a_subject_and_a_body_in_both_languages(string kind)
    {
        Assert.That(Keys.Where(key => key.StartsWith($"mail.{kind}.", StringComparison.Ordinal)), Is.EquivalentTo(new[] { $"mail.{kind}.subject", $"mail.{kind}.body" }));
        foreach (var sentence in new[] { Texts.Get($"mail.{kind}.subject"), Texts.Get($"mail.{kind}.body") }.SelectMany(text => new[] { text.Nl, text.En }))
        {
            Assert.That(sentence.Trim(), Is.EqualTo(sentence).And.Not.Empty);
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void A_subject_is_one_short_line_without_a_link(string kind)
    {
        foreach (var subject in new[] { Texts.Get($"mail.{kind}.subject").Nl, Texts.Get($"mail.{kind}.subject").En })
        {
            Assert.That(subject, Does.Not.Contain("\n").And.Not.Contain("{link}"));
            Assert.That(subject, Has.Length.LessThanOrEqualTo(100));
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void A_link_stands_on_a_line_of_its_own(string kind)
    {
        foreach (var body in new[] { Texts.Get($"mail.{kind}.body").Nl, Texts.Get($"mail.{kind}.body").En })
        {
            // With a full stop behind it some programs take the stop for a part of the address.
            Assert.That(body.Split('\n').Where(line => line.Contains("{link}", StringComparison.Ordinal)), Is.All.EqualTo("{link}"));
        }
    }
}
