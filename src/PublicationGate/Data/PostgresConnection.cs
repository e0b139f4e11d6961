using System.Text.RegularExpressions;
using Npgsql;

namespace PublicationGate.Data;

/// <summary>Reads the connection strings that people write for PostgreSQL.</summary>
internal static partial class PostgresConnection
{
    /// <summary>Reads Npgsql's keywords, or the URI that PostgreSQL's own programs take.</summary>
    /// <exception cref="GateDatabaseException">It cannot be read. The reason says nothing of its content: a password may be part of it.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string connection)
    {
        try
        {
            var parsed = Uri.TryCreate(connection, UriKind.Absolute, out var uri) && uri.Scheme is "postgres" or "postgresql" ? OfUri(uri) : new NpgsqlConnectionStringBuilder(connection);
            if (string.IsNullOrWhiteSpace(parsed.Host))
            {
                throw new ArgumentException("no host", nameof(connection));
            }

            // The server's details of a refused row, and parameters, hold names.
            parsed.IncludeErrorDetail = false;
            parsed.LogParameters = false;
            parsed.PersistSecurityInfo = false;
            parsed.ApplicationName ??= "publication-gate";
            return parsed;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidCastException or OverflowException or NotSupportedException)
        {
            // Without the cause: its message may quote a password that holds a semicolon.
            throw new GateDatabaseException(Texts.Get("database.connection-string")) { IsMistake = true };
        }
    }

    /// <summary>The schema that tables are made in: the first of the search path, as PostgreSQL reads it.</summary>
    public static string SchemaOf(NpgsqlConnectionStringBuilder connection)
    {
        var path = connection.SearchPath ?? SearchPathOption().Match(connection.Options ?? "").Groups[1].Value;
        var first = path.Split(',')[0].Trim();
        return first.Length == 0 ? "public"
            : first.Length > 2 && first[0] == '"' && first[^1] == '"' ? first[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)
            : first.ToLowerInvariant();
    }

    // As libpq's own programs are told: options=-csearch_path=school
    [GeneratedRegex(@"(?:^|\s)-c\s*search_path=(\S+)")]
    private static partial Regex SearchPathOption();

    private static NpgsqlConnectionStringBuilder OfUri(Uri uri)
    {
        var parsed = new NpgsqlConnectionStringBuilder();
        var user = uri.UserInfo.Split(':', 2);
        Set("Host", Uri.UnescapeDataString(uri.Host));
        Set("Port", uri.Port < 0 ? "" : $"{uri.Port}");
        Set("Database", Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')));
        Set("Username", Uri.UnescapeDataString(user[0]));
        Set("Password", Uri.UnescapeDataString(user.ElementAtOrDefault(1) ?? ""));
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var value = Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "");
            _ = parts[0] switch
            {
                "sslmode" => Set("SSL Mode", value.Replace("-", "", StringComparison.Ordinal)),
                "sslrootcert" => Set("Root Certificate", value),
                "search_path" => Set("Search Path", value),
                "connect_timeout" => Set("Timeout", value),
                var name => Set(Uri.UnescapeDataString(name).Replace('_', ' '), value),
            };
        }

        return parsed;

        string Set(string keyword, string value)
        {
            if (value.Length > 0)
            {
                parsed[keyword] = value;
            }

            return value;
        }
    }
}
