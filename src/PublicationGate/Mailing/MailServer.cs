using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace PublicationGate.Mailing;

/// <summary>The connection to the mail server: opened for the first letter, kept for those that follow at once. For one worker.</summary>
internal sealed class MailServer(MailSettings settings) : IDisposable
{
    // Who stops the gate lets the letter under way go, so that it need not go twice.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    private const int Lasting = 500;

    private SmtpClient? client;

    /// <summary>How it is set.</summary>
    public MailSettings Settings => settings;

    /// <summary>Connects and signs in, where that is not done yet.</summary>
    /// <exception cref="MailException">It cannot be done.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (client is { IsConnected: true })
        {
            return;
        }

        Dispose();
        client = new SmtpClient
        {
            Timeout = settings.Timeout * 1000,
            // As all of .NET's connections: lists of revoked certificates are fetched by plain http, which schools' firewalls stop.
            CheckCertificateRevocation = false,
        };
        if (settings.Authorities is not null)
        {
            client.ServerCertificateValidationCallback = (_, certificate, _, errors) => IsSignedByAuthority(certificate, errors);
        }

        await TryAsync("no-tls", token => client.ConnectAsync(settings.Host, settings.PortInUse, settings.Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.Starttls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        }, token), cancellationToken);
        if (settings.User is { } user)
        {
            await TryAsync("sign-in", token => client.AuthenticateAsync(user, settings.Password!, token), cancellationToken);
        }
    }

    /// <summary>Sends a message by the open connection.</summary>
    /// <exception cref="MailException">The server did not take it, or nobody knows whether it did.</exception>
    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var ending = new CancellationTokenSource();
        await using var whenStopped = cancellationToken.Register(() => ending.CancelAfter(TimeToEnd));
        await TryAsync("address", token => client!.SendAsync(message, token), ending.Token);
    }

    /// <summary>Says goodbye, where it is open.</summary>
    public async Task CloseAsync()
    {
        if (client is { IsConnected: true } open)
        {
            try
            {
                await TryAsync("connection", token => open.DisconnectAsync(true, token), CancellationToken.None);
            }
            catch (MailException)
            {
                // It is closed either way.
            }
        }

        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client?.Dispose();
        client = null;
    }

    // What the server cannot do is named by what was tried.
    private async Task TryAsync(string unable, Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(settings.Timeout));
        try
        {
            await act(limit.Token);
        }
        catch (Exception failure) when (FailureOf(failure, unable) is { } known && !cancellationToken.IsCancellationRequested)
        {
            if (known.IsOfServer)
            {
                Dispose();
            }

            throw known;
        }
    }

    private static MailException? FailureOf(Exception failure, string unable) => failure switch
    {
        SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable } => new("server-421", failure) { IsOfServer = true },
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted } no => new($"recipient-{(int)no.StatusCode}", failure) { IsLasting = (int)no.StatusCode >= Lasting },
        SmtpCommandException { ErrorCode: SmtpErrorCode.MessageNotAccepted } no => new($"message-{(int)no.StatusCode}", failure) { IsLasting = (int)no.StatusCode >= Lasting },
        // Whom letters come from is a setting: no letter is lost by its being wrong.
        SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted } no => new($"sender-{(int)no.StatusCode}", failure) { IsOfServer = true },
        SmtpCommandException no => new($"server-{(int)no.StatusCode}", failure) { IsOfServer = true },
        SslHandshakeException => new("certificate", failure) { IsOfServer = true },
        AuthenticationException or ServiceNotAuthenticatedException => new("sign-in", failure) { IsOfServer = true },
        NotSupportedException => unable == "address" ? new(unable, failure) { IsLasting = true } : new(unable, failure) { IsOfServer = true },
        OperationCanceledException or TimeoutException => new("timeout", failure) { IsOfServer = true },
        ProtocolException or IOException or SocketException or ServiceNotConnectedException => new("connection", failure) { IsOfServer = true },
        _ => null,
    };

    private bool IsSignedByAuthority(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 known || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(settings.Authorities!);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(known);
    }
}
