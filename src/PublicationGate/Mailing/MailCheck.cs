namespace PublicationGate.Mailing;

/// <summary>Tries the mail server.</summary>
public static class MailCheck
{
    /// <summary>Connects and signs in; nothing is sent.</summary>
    /// <returns>What failed, a word; null when nothing did.</returns>
    public static Task<string?> ConnectAsync(MailSettings settings, CancellationToken cancellationToken) => TryAsync(settings, _ => Task.CompletedTask, cancellationToken);

    /// <summary>Sends a letter that says that it arrived.</summary>
    /// <param name="settings">The server.</param>
    /// <param name="to">To whom.</param>
    /// <param name="language"><c>nl</c> or <c>en</c>.</param>
    /// <param name="now">This moment.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What failed, a word; null when nothing did.</returns>
    public static Task<string?> SendTestAsync(MailSettings settings, string to, string language, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var letter = new Letter { Key = $"test-{Guid.NewGuid():N}", To = to, Language = language, Kind = "test", Values = "", At = now };
        return TryAsync(settings, server =>
        {
            var (subject, body) = LetterText.Of(letter, null, Texts.Entries);
            return server.SendAsync(LetterMessage.Of(letter, subject, body, settings, now), cancellationToken);
        }, cancellationToken);
    }

    /// <summary>What a failure means, and what to do.</summary>
    /// <param name="code">The word that stands in <see cref="Letter.Failure"/>.</param>
    public static Text Explain(string code) => Texts.Get("mailing.failure." + code.Split('-')[0] switch
    {
        "no" => code,
        "sign" => "sign-in",
        var kind => kind,
    });

    private static async Task<string?> TryAsync(MailSettings settings, Func<MailServer, Task> act, CancellationToken cancellationToken)
    {
        using var server = new MailServer(settings);
        try
        {
            await server.OpenAsync(cancellationToken);
            await act(server);
            await server.CloseAsync();
            return null;
        }
        catch (MailException failure)
        {
            return failure.Code;
        }
    }
}
