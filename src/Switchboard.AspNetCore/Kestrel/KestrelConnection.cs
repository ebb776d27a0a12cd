using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using PeerReset = Microsoft.AspNetCore.Connections.ConnectionResetException;

namespace Switchboard.AspNetCore.Kestrel;

/// <summary>A connection as Kestrel knows them.</summary>
[SuppressMessage("Usage", "CA2213", Justification = "A cancellation without a timer holds nothing to release.")]
internal sealed class KestrelConnection : ConnectionContext, IDuplexPipe, IConnectionIdFeature,
    IConnectionTransportFeature, IConnectionItemsFeature, IMemoryPoolFeature, IConnectionLifetimeFeature,
    IConnectionEndPointFeature, ISwitchboardConnectionFeature
{
    private readonly KestrelListener _listener;
    private readonly CancellationTokenSource _closed = new();
    private readonly ConnectionInput _input;
    private readonly ConnectionOutput _output;
    private readonly KestrelLog _log;
    private ConnectionAbortedException? _abortReason;
    private string? _id;
    private IDictionary<object, object?>? _items;
    private EndPoint? _local;
    private EndPoint? _remote;
    private int _hasFiredClosed;

    public KestrelConnection(Connection connection, KestrelListener listener, SwitchboardTransportOptions options)
    {
        Connection = connection;
        _listener = listener;
        _log = listener.Log;
        _input = new ConnectionInput(connection, this, options);
        _output = new ConnectionOutput(connection, this, options);
        Transport = this;
        ConnectionClosed = _closed.Token;
        Features = new FeatureCollection(initialCapacity: 12);
        Features.Set<IConnectionIdFeature>(this);
        Features.Set<IConnectionTransportFeature>(this);
        Features.Set<IConnectionItemsFeature>(this);
        Features.Set<IMemoryPoolFeature>(this);
        Features.Set<IConnectionLifetimeFeature>(this);
        Features.Set<IConnectionEndPointFeature>(this);
        Features.Set<ISwitchboardConnectionFeature>(this);
    }

    public Connection Connection { get; }

    public override IFeatureCollection Features { get; }

    public override string ConnectionId
    {
        get => _id ??= ConnectionIds.Of(Connection.Id);
        set => _id = value;
    }

    public override IDictionary<object, object?> Items
    {
        get => _items ??= new ConnectionItems();
        set => _items = value;
    }

    public override IDuplexPipe Transport { get; set; }

    public override EndPoint? LocalEndPoint
    {
        get => _local ??= Addresses.ToEndPoint(Connection.Local);
        set => _local = value;
    }

    public override EndPoint? RemoteEndPoint
    {
        get => _remote ??= Addresses.ToEndPoint(Connection.Remote);
        set => _remote = value;
    }

    public override CancellationToken ConnectionClosed { get; set; }

    public MemoryPool<byte> MemoryPool => _listener.MemoryPool;

    PipeReader IDuplexPipe.Input => _input;

    PipeWriter IDuplexPipe.Output => _output;

    /// <summary>To be called once, before anybody else has it.</summary>
    public void Start() => _input.Start();

    public override void Abort(ConnectionAbortedException? abortReason)
    {
        if (abortReason is null)
        {
            // Kestrel says so when the client has left a request, and nothing is wrong.
            Interlocked.CompareExchange(ref _abortReason, new("This end has closed the connection."), null);
            _ = CloseAsync();
            return;
        }

        Interlocked.CompareExchange(ref _abortReason, abortReason, null);
        _log.Aborts(ConnectionId, abortReason);
        Connection.Abort();
    }

    /// <summary>Sends what was written, and an end behind it; the peer may then take a while to answer that.</summary>
    public override async ValueTask DisposeAsync()
    {
        await _input.CompleteAsync().ConfigureAwait(false);
        await _output.CompleteAsync().ConfigureAwait(false);
        await _output.WhenSent().ConfigureAwait(false);
        _listener.Leave(Connection.DisposeAsync());
        FireClosed();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>What a failure of the connection means to whoever reads.</summary>
    internal Exception MeaningOf(Exception error)
    {
        if (Volatile.Read(ref _abortReason) is { } reason)
        {
            return reason;
        }

        switch (error)
        {
            case ConnectionResetException:
                _log.WasReset(ConnectionId);
                return new PeerReset(error.Message, error);
            case ObjectDisposedException:
                return new ConnectionAbortedException("This end has closed the connection.", error);
            default:
                _log.Failed(ConnectionId, error);
                return error;
        }
    }

    /// <summary>More was received than anybody has looked at.</summary>
    internal void InputPaused() => _log.Paused(ConnectionId);

    /// <summary>Enough of it was looked at.</summary>
    internal void InputResumed() => _log.Resumed(ConnectionId);

    /// <summary>Nothing more will be received.</summary>
    internal void InputEnded(Exception? error)
    {
        if (error is null)
        {
            _log.PeerFinished(ConnectionId);
        }

        FireClosed();
    }

    /// <summary>All that will ever be written was sent: without more to say, the peer is told so.</summary>
    internal void OutputEnded()
    {
        if (!_input.IsOver && Connection.CanHalfClose)
        {
            _ = FinishSendingAsync();
        }
    }

    /// <summary>Something could not be sent. Receives find by themselves whether they have ended too.</summary>
    internal void OutputFailed(Exception error) => _log.SendFailed(ConnectionId, error);

    private async Task CloseAsync() => await Connection.DisposeAsync().ConfigureAwait(false);

    private async Task FinishSendingAsync()
    {
        try
        {
            await Connection.CompleteSendingAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is ConnectionException or ObjectDisposedException
            or InvalidOperationException)
        {
            // Whoever reads meets the same end.
        }
    }

    // Never here: what was registered may block, and this may be a loop.
    private void FireClosed()
    {
        if (Interlocked.Exchange(ref _hasFiredClosed, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static connection => connection.CancelClosed(), this, preferLocal: false);
        }
    }

    private void CancelClosed()
    {
        try
        {
            _closed.Cancel();
        }
#pragma warning disable CA1031 // What others have registered must not end the process.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _log.CallbackFailed(ConnectionId, error);
        }
    }
}
