using System.Collections.Concurrent;

namespace Switchboard;

/// <summary>
/// Connections inside this process: the same promises as a socket's, nothing of the operating system. Every instance
/// is a network of its own, with its own names.
/// </summary>
public sealed class MemoryTransport : ITransport
{
    private readonly ConcurrentDictionary<string, Transports.MemoryListener> _listeners = new();

    /// <summary>The network that <c>memory:</c> endpoints mean when no transport is passed.</summary>
    public static MemoryTransport Shared { get; } = new();

    /// <inheritdoc />
    public async ValueTask<Wire> ConnectAsync(
        Endpoint endpoint,
        ConnectOptions options,
        CancellationToken cancellationToken)
    {
        var target = Transports.DefaultTransports.Expect<MemoryEndpoint>(endpoint);
        if (!_listeners.TryGetValue(target.Name, out var listener))
        {
            throw new ConnectionRefusedException(
                "connect", null, target, "refused: nothing listens under this name in this process");
        }

        using var timer = new CancellationTokenSource(options.Timeout, options.Connection.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await listener.ConnectAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionTimeoutException(
                TimeoutPhase.Connect, options.Timeout, null, target,
                $"the backlog stayed full for {options.Timeout.TotalSeconds:0.###} s");
        }
    }

    /// <inheritdoc />
    public ValueTask<WireListener> BindAsync(
        Endpoint endpoint,
        ListenOptions options,
        CancellationToken cancellationToken)
    {
        var asked = Transports.DefaultTransports.Expect<MemoryEndpoint>(endpoint);
        var listener = new Transports.MemoryListener(asked, options.Backlog, Remove);
        return _listeners.TryAdd(asked.Name, listener)
            ? new(listener)
            : throw new BindException(asked, BindFailure.InUse, "the name is in use in this process");
    }

    private void Remove(Transports.MemoryListener listener) =>
        _listeners.TryRemove(new(((MemoryEndpoint)listener.Local).Name, listener));
}
