using Switchboard.Endpoints;

namespace Switchboard;

/// <summary>A text is not an endpoint. The message quotes it, points at the place and shows the right form.</summary>
public sealed class EndpointFormatException : FormatException
{
    internal EndpointFormatException(string text, Mistake mistake)
        : base($"{mistake.Problem}\n{Excerpt.PointingAt(text, mistake.Position)}\n{mistake.Cure}")
    {
        Text = text;
        Position = mistake.Position;
    }

    /// <summary>The whole text, as it was given: neither shortened nor escaped.</summary>
    public string Text { get; }

    /// <summary>Where in <see cref="Text"/> the mistake is; its length when something is missing at the end.</summary>
    public int Position { get; }
}
