namespace Switchboard.Tests.Serving;

/// <summary>Connects in memory, but not before it may.</summary>
internal sealed class SlowTransport : ITransport
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when somebody wants to connect.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Whether it may; cancelled by whoever gives up.</summary>
    public TaskCompletionSource MayConnect { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<Wire> ConnectAsync(
        Endpoint endpoint, ConnectOptions options, CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        await using var cancelled = cancellationToken.UnsafeRegister(_ => MayConnect.TrySetCanceled(), state: null);
        await MayConnect.Task;
        return await MemoryTransport.Shared.ConnectAsync(endpoint, options, cancellationToken);
    }

    public ValueTask<WireListener> BindAsync(
        Endpoint endpoint, ListenOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException("It only connects.");
}
