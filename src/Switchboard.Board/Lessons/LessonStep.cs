namespace Switchboard.Board.Lessons;

/// <summary>One call of one actor. Which members a call needs is said by <see cref="CallShapes"/>.</summary>
internal sealed record LessonStep
{
    /// <summary>Who makes it.</summary>
    public required string Actor { get; init; }

    /// <summary>The line of its program, counted from 1; null for what the program does not do.</summary>
    public int? Line { get; init; }

    /// <summary>What it calls; <see cref="CallShapes"/> has them all.</summary>
    public required string Call { get; init; }

    /// <summary>
    /// Of a new socket: <c>tcp</c> or <c>udp</c>; of a descriptor that is opened: <c>read</c> or <c>write</c>.
    /// </summary>
    public string? Kind { get; init; }

    /// <summary>The socket, pipe or memory it is made on.</summary>
    public string? Socket { get; init; }

    /// <summary>What is made by it is called so from here on.</summary>
    public string? As { get; init; }

    /// <summary>Where to: a bound socket of this lesson, or <c>nobody</c> for a port at which nobody listens.</summary>
    public string? To { get; init; }

    /// <summary>The address to bind, or to connect to instead of the one that is bound.</summary>
    public string? Address { get; init; }

    public int? Backlog { get; init; }

    /// <summary>What is sent or written: each character is one byte, so that none is above 255.</summary>
    public string? Bytes { get; init; }

    /// <summary>
    /// How many bytes there is room for, or how often <see cref="Bytes"/> is repeated for a big message.
    /// </summary>
    public int? Count { get; init; }

    public string? Option { get; init; }

    public int? Value { get; init; }

    /// <summary>What is looked at by <c>poll</c>; the ends of a connection to which something happens.</summary>
    public IReadOnlyList<string>? Sockets { get; init; }

    /// <summary>How long the program itself waits for this call, in milliseconds; for ever if null.</summary>
    public int? PatienceMilliseconds { get; init; }

    /// <summary>What the button of a break says.</summary>
    public string? Title { get; init; }

    /// <summary>What is to be seen here, in plain sentences.</summary>
    public string? Says { get; init; }

    public LessonQuestion? Question { get; init; }

    public LessonPromise? Promise { get; init; }
}
