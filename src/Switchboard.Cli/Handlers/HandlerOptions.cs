namespace Switchboard.Cli.Handlers;

/// <summary>What a built-in handler is given.</summary>
/// <param name="Framing">Answer frame by frame; bytes as they come if null.</param>
/// <param name="Time">Where time comes from.</param>
internal sealed record HandlerOptions(Framing? Framing, TimeProvider Time);
