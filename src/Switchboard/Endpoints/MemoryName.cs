namespace Switchboard.Endpoints;

/// <summary>The name of a listener within this process.</summary>
internal static class MemoryName
{
    private const string RightForm = "Write memory:name, such as memory:bank.";

    /// <summary>Reads the name that begins at <paramref name="start"/>.</summary>
    public static Mistake? Read(string text, int start, out Endpoint? endpoint)
    {
        var name = text[start..];
        var mistake = Check(name)?.After(start);
        endpoint = mistake is null ? new MemoryEndpoint(name) : null;
        return mistake;
    }

    /// <summary>The name as it is stored and compared: as it was given.</summary>
    /// <exception cref="ArgumentException">It is empty or has characters it must not have.</exception>
    public static string Canonical(string name)
    {
        Mistake.ThrowIfAny(Check(name), name, nameof(name));
        return name;
    }

    private static Mistake? Check(string name)
    {
        if (name.Length == 0)
        {
            return new Mistake(0, "The name is missing.", RightForm);
        }

        // Written by who is used to tcp://. Two names that look like one would never meet.
        return name.StartsWith("//", StringComparison.Ordinal)
            ? new Mistake(0, "Between \"memory:\" and the name stand no slashes.", RightForm)
            : PlainText.Check(name);
    }
}
