namespace Switchboard.Chat.Commands;

/// <summary>A row of the table of commands.</summary>
/// <param name="Name">In capitals.</param>
/// <param name="LeastParameters">With fewer it is refused before it runs.</param>
/// <param name="RunAsync">Does it. Completes when the next line of the same client may be handled.</param>
internal sealed record Command(string Name, int LeastParameters, Func<Request, ValueTask> RunAsync)
{
    public CommandAccess Access { get; init; }

    public CommandOrder Order { get; init; }

    /// <summary>A command that runs under the world's lock, and waits for nothing.</summary>
    public static Command Locked(string name, int leastParameters, Action<Request> run) =>
        new(name, leastParameters, request => RunLocked(request, run));

    private static ValueTask RunLocked(Request request, Action<Request> run)
    {
        using (request.World.Enter(request.Client))
        {
            run(request);
        }

        return default;
    }
}
