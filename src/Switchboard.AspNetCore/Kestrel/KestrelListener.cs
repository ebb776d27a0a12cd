using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Switchboard.AspNetCore.Kestrel;

/// <summary>
/// A listener as Kestrel knows them. It takes a descriptor from the process's budget before it accepts, and gives it
/// back when the connection is closed; running out of them pauses it and ends nothing.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "A cancellation without a timer holds nothing to release.")]
internal sealed class KestrelListener : IConnectionListener
{
    private readonly Listener _listener;
    private readonly SwitchboardTransportOptions _options;
    private readonly CancellationTokenSource _unbound = new();
    private readonly bool _usesDescriptors;

    public KestrelListener(
        Listener listener,
        EndPoint asked,
        MemoryPool<byte> memory,
        KestrelLog log,
        SwitchboardTransportOptions options)
    {
        _listener = listener;
        _options = options;
        _usesDescriptors = listener.Local is not MemoryEndpoint;
        MemoryPool = memory;
        Log = log;

        // Whoever asked by a type of its own gets that back; only the port was open.
        EndPoint = asked is SwitchboardEndPoint
            ? new SwitchboardEndPoint(listener.Local)
            : Addresses.ToEndPoint(listener.Local) ?? asked;
    }

    public EndPoint EndPoint { get; }

    public MemoryPool<byte> MemoryPool { get; }

    public KestrelLog Log { get; }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await TakeRoomAsync(cancellationToken).ConfigureAwait(false);
            return await AcceptIntoRoomAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (_unbound.IsCancellationRequested
            && error is ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Stops listening. Connections go on.</summary>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync().ConfigureAwait(false);
        await _listener.DisposeAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    /// <summary>A connection is on its way out; its room is free when that is done.</summary>
    public void Leave(ValueTask closing)
    {
        if (closing.IsCompletedSuccessfully)
        {
            GiveRoomBack();
        }
        else
        {
            _ = LeaveLaterAsync(closing);
        }
    }

    private async Task LeaveLaterAsync(ValueTask closing)
    {
        try
        {
            await closing.ConfigureAwait(false);
        }
        finally
        {
            GiveRoomBack();
        }
    }

    private async ValueTask TakeRoomAsync(CancellationToken cancellationToken)
    {
        if (!_usesDescriptors || DescriptorBudget.TryTake())
        {
            return;
        }

        Log.NoDescriptors(_listener.Local);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _unbound.Token);
        await DescriptorBudget.TakeAsync(either.Token).ConfigureAwait(false);
    }

    private async ValueTask<ConnectionContext> AcceptIntoRoomAsync(CancellationToken cancellationToken)
    {
        Connection connection;
        try
        {
            connection = await _listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            GiveRoomBack();
            throw;
        }

        var accepted = new KestrelConnection(connection, this, _options);
        accepted.Start();
        return accepted;
    }

    private void GiveRoomBack()
    {
        if (_usesDescriptors)
        {
            DescriptorBudget.GiveBack();
        }
    }
}
