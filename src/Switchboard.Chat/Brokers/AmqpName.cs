namespace Switchboard.Chat.Brokers;

/// <summary>Which broker a line of text means.</summary>
internal sealed record AmqpName(Uri Address)
{
    /// <summary>Where the password stands if the line has none.</summary>
    public const string PasswordVariable = "SWITCHBOARD_BROKER_PASSWORD";

    public required string User { get; init; }

    public required string Password { get; init; }

    /// <summary>Without the password.</summary>
    public string Shown { get; } = new UriBuilder(Address) { UserName = "", Password = "" }.Uri.ToString();

    public string VirtualHost => Address.AbsolutePath.Length <= 1
        ? "/"
        : Uri.UnescapeDataString(Address.AbsolutePath[1..]);

    /// <summary>Reads a name, or the name that stands where this one says.</summary>
    public static AmqpName Resolve(string broker)
    {
        if (broker.StartsWith('@'))
        {
            return Parse(FirstLineOf(broker[1..]));
        }

        if (broker.StartsWith("env:", StringComparison.Ordinal))
        {
            var variable = broker["env:".Length..];
            return Parse(Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
                ? text
                : throw new ArgumentException($"The environment variable {variable} does not name a broker."));
        }

        // Everybody on this machine sees the arguments of its programs.
        var named = Parse(broker);
        return named.Address.UserInfo.Contains(':', StringComparison.Ordinal)
            ? throw new ArgumentException(
                $"A password does not belong among the arguments, where others read it. Set {PasswordVariable}, or "
                + "write the whole line into a file and name it as @FILE.")
            : named;
    }

    private static AmqpName Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("amqp" or "amqps")
            || address.Host.Length == 0
            || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw new ArgumentException("That is no broker. Write amqp://user@host, or amqps://user@host for TLS.");
        }

        var login = address.UserInfo.Split(':', 2);
        return new AmqpName(address)
        {
            User = login[0].Length == 0 ? "guest" : Uri.UnescapeDataString(login[0]),
            Password = login.Length == 2
                ? Uri.UnescapeDataString(login[1])
                : Environment.GetEnvironmentVariable(PasswordVariable) ?? "guest",
        };
    }

    private static string FirstLineOf(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault()?.Trim() ?? "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"Cannot read the broker's name from {file}: {error.Message}", error);
        }
    }
}
