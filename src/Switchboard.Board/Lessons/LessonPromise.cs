namespace Switchboard.Board.Lessons;

/// <summary>What a call does on every machine, whatever its settings: a test holds the lesson to it.</summary>
internal sealed record LessonPromise
{
    /// <summary>It cannot finish yet. With neither result nor error it never does.</summary>
    public bool Blocks { get; init; }

    public Expectation? Result { get; init; }

    /// <summary>What it receives.</summary>
    public string? Bytes { get; init; }

    /// <summary>The name of its error.</summary>
    public string? Error { get; init; }

    /// <summary>What the kernel tells of sockets afterwards, by their names.</summary>
    public IReadOnlyDictionary<string, KernelPromise> Kernel { get; set; } = new Dictionary<string, KernelPromise>();
}
