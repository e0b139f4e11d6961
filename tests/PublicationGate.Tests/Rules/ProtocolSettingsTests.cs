using PublicationGate.Consent;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class ProtocolSettingsTests
{
    private static readonly Protocol Before = Some.Protocol;

    [Test]
    public void Nothing_differs_from_itself() => Assert.That(ProtocolSettings.Changes(Before, Before), Is.Empty);

    [Test]
    public void Tells_every_channel_also_those_that_the_file_leaves_out() =>
        Assert.That(ProtocolSettings.Of(Before).Select(setting => setting.Key), Is.Unique.And.SupersetOf(Channels.All.Select(channel => $"channels.{channel}.open")));

    private static IEnumerable<TestCaseData> OneChange()
    {
        yield return Case(Before with { MinimumGroup = 4 }, "minimum-group: 2 -> 4");
        yield return Case(Before with { School = "De Proef" }, "school: Basisschool -> De Proef");
        yield return Case(Before with { DominantFaceShare = 0.05 }, "dominant-face.share: 0.02 -> 0.05");
        yield return Case(Before.With("facebook", terms => terms with { IsOpen = true }), "channels.facebook.open: no -> yes");
        yield return Case(Before.With("app", terms => terms with { IsPublic = true }), "channels.app.audience: closed -> public");
        yield return Case(Before.With("app", terms => terms with { Kinds = [MediaKind.Sound, MediaKind.Photo] }), "channels.app.kinds: photo, film, sound -> photo, sound");
        yield return Case(Before.With("app", terms => terms with { MinimumGroup = 5 }), "channels.app.minimum-group:  -> 5");
        yield return Case(Before.With("app", terms => terms with { AllowsPortraits = false }), "channels.app.portrait: with-permission -> never");
        yield return Case(Before.With("app", terms => terms with { Names = NamesAllowed.None }), "channels.app.names: first-names -> none");
        yield return Case(Before.With("app", terms => terms with { Accounts = ["a", "b"] }), "channels.app.accounts:  -> a, b");
        yield return Case(Before.With("app", terms => terms with { ConsentLifetime = new(ConsentLifetimeKind.Months, 12) }), "channels.app.consent: unlimited -> 12 months");
        yield return Case(Before.With("app", terms => terms with { ConsentLifetime = new(ConsentLifetimeKind.SchoolYear) }), "channels.app.consent: unlimited -> school-year");
        yield return Case(Before.With("app", terms => terms with { Reminder = 30 }), "channels.app.reminder:  -> 30 days");
        yield return Case(Before.With("app", terms => terms with { Agreement = new("Ans", new(2026, 9, 1), "akkoord") }), "channels.app.agreement:  -> Ans, 2026-09-01: akkoord");
        yield return Case(Before with { Retention = new() { Looks = RetentionPeriod.Unlimited } }, "retention.looks: 90 days -> unlimited");
        yield return Case(Before with { Makers = ["School"] }, "makers:  -> School");
        yield return Case(Before with { Cameras = [new("Canon", "R50", null, null)] }, "cameras:  -> Canon R50");
    }

    [TestCaseSource(nameof(OneChange))]
    public void Tells_the_one_thing_that_differs(Protocol after, string expected) =>
        Assert.That(ProtocolSettings.Changes(Before, after).Select(change => $"{change.Key}: {change.Before} -> {change.After}"), Is.EqualTo(new[] { expected }));

    [Test]
    public void Tells_what_came_and_what_went()
    {
        var own = Before with { Clauses = new Dictionary<string, Text> { ["P4"] = new("a", "b") } };
        Assert.Multiple(() =>
        {
            Assert.That(ProtocolSettings.Changes(Before, own), Is.EqualTo(new[] { new SettingChange("clauses.P4.nl", null, "a"), new SettingChange("clauses.P4.en", null, "b") }));
            Assert.That(ProtocolSettings.Changes(own, Before), Is.EqualTo(new[] { new SettingChange("clauses.P4.nl", "a", null), new SettingChange("clauses.P4.en", "b", null) }));
        });
    }

    private static TestCaseData Case(Protocol after, string expected) => new TestCaseData(after, expected).SetArgDisplayNames(expected);
}
