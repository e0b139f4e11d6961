using PublicationGate.Rules;

namespace PublicationGate.Publishing;

/// <summary>The reasons of a verdict as a short Dutch text, for who opens the folder.</summary>
internal static class ResultText
{
    public static string Of(ScreenedFile file, bool hasPhoto)
    {
        var verdict = file.Verdict;
        var channel = Texts.ChannelName(verdict.Facts.Declaration.Channel);
        List<string> lines =
        [
            Texts.Get("result." + verdict.Outcome, ("channel", channel)).Nl,
            "",
            .. verdict.Findings.Select(finding => Texts.Get("result.finding", ("reason", finding.Reason), ("clause", finding.Clause)).Nl),
        ];
        if (verdict.Findings.Count > 0)
        {
            lines.Add("");
        }

        lines.Add(Texts.Get("result.photo", ("name", Printable.Of(file.Name))).Nl);
        lines.Add(Texts.Get("result.decision", ("id", verdict.Id)).Nl);
        if (!hasPhoto && verdict.Outcome != Outcome.Approved)
        {
            lines.Add(Texts.Get("result.original-stays").Nl);
        }

        return string.Join('\n', lines) + "\n";
    }
}
