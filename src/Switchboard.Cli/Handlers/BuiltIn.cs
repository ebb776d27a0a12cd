namespace Switchboard.Cli.Handlers;

/// <summary>One of the services that come with the command.</summary>
/// <param name="Name">What is typed.</param>
/// <param name="Port">Where <c>up</c> runs it.</param>
/// <param name="Description">One line, without a full stop.</param>
/// <param name="Framed">Whether it can answer frame by frame.</param>
/// <param name="Start">Makes its handler.</param>
internal sealed record BuiltIn(
    string Name,
    int Port,
    string Description,
    FramingUse Framed,
    Func<HandlerOptions, ConnectionHandler> Start)
{
    /// <summary>A command line that shows what it does, given where it listens.</summary>
    public required Func<string, string> TryIt { get; init; }
}
