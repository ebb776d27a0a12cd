namespace Switchboard.Bench.Load.Servers;

/// <summary>A way to bring a file from one process to another: two programs and how they are started.</summary>
internal sealed record CopyKind
{
    /// <summary>Stands in an argument for the file to send.</summary>
    public const string From = "{from}";

    /// <summary>Stands in an argument for the file to make.</summary>
    public const string To = "{to}";

    /// <summary>Stands in an argument for the folder of the file to make; both have the same name.</summary>
    public const string Folder = "{folder}";

    public required string Name { get; init; }

    /// <summary>In a few words, for the report.</summary>
    public required string About { get; init; }

    /// <summary>Whether what it sends is encrypted: such ones are compared with each other.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Whether it is the command of this repository.</summary>
    public bool IsOurs { get; init; }

    /// <summary>Listens, takes one file, and ends.</summary>
    public required IReadOnlyList<string> Receiver { get; init; }

    /// <summary>Connects, sends the file, and ends.</summary>
    public required IReadOnlyList<string> Sender { get; init; }

    /// <summary>The program that builds it, and its arguments; empty when there is nothing to build.</summary>
    public IReadOnlyList<string> Build { get; init; } = [];

    /// <summary>Whether the file is the receiver's standard output.</summary>
    public bool WritesOutput { get; init; }

    /// <summary>Whether the file is the sender's standard input.</summary>
    public bool ReadsInput { get; init; }

    /// <summary>Programs that must be on this machine; the shell tells what they cost.</summary>
    public IEnumerable<string> Needs => Build.Take(1)
        .Concat([Receiver[0], Sender[0], "bash"])
        .Where(program => !program.Contains('/', StringComparison.Ordinal));

    /// <summary>Whether another way is compared with it.</summary>
    public bool IsReferenceOf(CopyKind other) => !IsOurs && IsEncrypted == other.IsEncrypted;
}
