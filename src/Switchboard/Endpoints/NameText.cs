using System.Text;

namespace Switchboard.Endpoints;

/// <summary>The name after <c>memory:</c>, <c>pipe:</c> or <c>shm:</c>.</summary>
internal static class NameText
{
    // Names become files in a folder of the system's, and their paths socket addresses, which hold little more.
    private const int MaxFileNameBytes = 64;

    /// <summary>Reads the name that begins at <paramref name="start"/>.</summary>
    public static Mistake? Read(string scheme, string text, int start, out Endpoint? endpoint)
    {
        var name = text[start..];
        var mistake = Check(scheme, name)?.After(start);
        endpoint = mistake is null ? New(scheme, name) : null;
        return mistake;
    }

    /// <summary>The name as it is stored and compared: as it was given.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, or has characters it must not have.</exception>
    public static string Canonical(string scheme, string name)
    {
        Mistake.ThrowIfAny(Check(scheme, name), name, nameof(name));
        return name;
    }

    private static Endpoint New(string scheme, string name) => scheme switch
    {
        "pipe" => new PipeEndpoint(name),
        "shm" => new SharedMemoryEndpoint(name),
        _ => new MemoryEndpoint(name),
    };

    private static Mistake? Check(string scheme, string name)
    {
        var rightForm = $"Write {scheme}:name, such as {scheme}:bank.";
        if (name.Length == 0)
        {
            return new Mistake(0, "The name is missing.", rightForm);
        }

        // Written by who is used to tcp://. Two names that look like one would never meet.
        if (name.StartsWith("//", StringComparison.Ordinal))
        {
            return new Mistake(0, $"Between \"{scheme}:\" and the name stand no slashes.", rightForm);
        }

        return PlainText.Check(name) ?? (scheme == "memory" ? null : CheckFileName(name, rightForm));
    }

    private static Mistake? CheckFileName(string name, string rightForm)
    {
        if (name.AsSpan().IndexOfAny('/', '\\') is >= 0 and var slash)
        {
            return new Mistake(slash, "It is a name, and not a path.", rightForm);
        }

        if (name is "." or "..")
        {
            return new Mistake(0, "It is a name, and not a folder.", rightForm);
        }

        var bytes = Encoding.UTF8.GetByteCount(name);
        return bytes <= MaxFileNameBytes
            ? null
            : new Mistake(0, $"The name has {bytes} bytes, {MaxFileNameBytes} are possible.", "Use a shorter name.");
    }
}
