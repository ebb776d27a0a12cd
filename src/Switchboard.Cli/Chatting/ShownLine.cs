using Switchboard.Cli.Output;

namespace Switchboard.Cli.Chatting;

/// <summary>One entry of a talk as it is shown. All texts are safe already.</summary>
/// <param name="Time">When, in the local zone.</param>
/// <param name="Speaker">What stands before the text, such as <c>&lt;ada&gt;</c>; empty for what nobody said.</param>
/// <param name="Text">One line of any length.</param>
internal sealed record ShownLine(DateTimeOffset Time, string Speaker, string Text)
{
    public Tone Tone { get; init; }

    /// <summary>Chooses the speaker's colour; null for none.</summary>
    public int? Hue { get; init; }

    /// <summary>Whether it makes a talk unread.</summary>
    public bool IsNews { get; init; }

    /// <summary>Whether it speaks to whoever sits here.</summary>
    public bool IsMention { get; init; }
}
