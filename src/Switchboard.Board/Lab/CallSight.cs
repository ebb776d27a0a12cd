namespace Switchboard.Board.Lab;

/// <summary>A call of a lesson as it was at one moment.</summary>
/// <param name="Number">Counts the calls of the run.</param>
/// <param name="Actor">Who made it.</param>
/// <param name="Name">What it calls.</param>
/// <param name="Text">How one writes it.</param>
internal sealed record CallSight(int Number, string Actor, string Name, string Text)
{
    /// <summary>Which of the lesson's steps it is; null for a break.</summary>
    public int? Step { get; init; }

    /// <summary>Which of the lesson's breaks it is.</summary>
    public int? Break { get; init; }

    /// <summary>By which number the bytes it sends are told from others; null if it sends none.</summary>
    public int? Send { get; init; }

    /// <summary>The socket it was made on.</summary>
    public string? Socket { get; init; }

    /// <summary>Whether it waits.</summary>
    public bool Waits { get; init; }

    /// <summary>Whether it has returned now, and was told to wait before.</summary>
    public bool HasWaited { get; init; }

    /// <summary>What it returned; null while it waits.</summary>
    public long? Value { get; init; }

    /// <summary>The name of its error; null for none.</summary>
    public string? Error { get; init; }

    /// <summary>The first bytes that it received.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    public string? Note { get; init; }

    /// <summary>What that means.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>How long it has taken.</summary>
    public TimeSpan Took { get; init; }
}
