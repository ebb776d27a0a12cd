namespace Switchboard.Testing.Tests.Conformance;

/// <summary>A wire in front of a good one, which does as it does until something else is set.</summary>
internal sealed class BrokenWire(Wire inner) : Wire
{
    public Func<Memory<byte>, CancellationToken, ValueTask<int>> OnReceive { get; init; } = inner.ReceiveAsync;

    public Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<int>> OnSend { get; init; } = inner.SendAsync;

    public Func<CancellationToken, ValueTask> OnCompleteSending { get; init; } = inner.CompleteSendingAsync;

    public Action OnCancelReceive { get; init; } = inner.CancelReceive;

    public Action OnClose { get; init; } = inner.Close;

    public Action OnAbort { get; init; } = inner.Abort;

    public Endpoint LocalEnd { get; init; } = inner.Local;

    public override Endpoint Local => LocalEnd;

    public override Endpoint Remote => inner.Remote;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        OnReceive(buffer, cancellationToken);

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        OnSend(bytes, cancellationToken);

    public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken) =>
        OnCompleteSending(cancellationToken);

    public override void CancelReceive() => OnCancelReceive();

    public override void Close() => OnClose();

    public override void Abort() => OnAbort();
}
