namespace Switchboard.Tests.Connections;

/// <summary>A wire from outside that throws what no wire should, or takes its time to finish sending.</summary>
internal sealed class StubbornWire(Wire inner) : Wire
{
    public override Endpoint Local => inner.Local;

    public override Endpoint Remote => inner.Remote;

    /// <summary>Closing and aborting throw it, after they have done their work.</summary>
    public Exception? EndError { get; init; }

    /// <summary>Sends throw it.</summary>
    public Exception? SendError { get; init; }

    /// <summary>Finishing sending waits for it.</summary>
    public TaskCompletionSource? CompleteGate { get; init; }

    public int Completions { get; private set; }

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        inner.ReceiveAsync(buffer, cancellationToken);

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        SendError is null ? inner.SendAsync(bytes, cancellationToken) : throw SendError;

    public override async ValueTask CompleteSendingAsync(CancellationToken cancellationToken)
    {
        Completions++;
        if (CompleteGate is not null)
        {
            await CompleteGate.Task.WaitAsync(cancellationToken);
        }

        await inner.CompleteSendingAsync(cancellationToken);
    }

    public override void CancelReceive() => inner.CancelReceive();

    public override void Close()
    {
        inner.Close();
        ThrowEndError();
    }

    public override void Abort()
    {
        inner.Abort();
        ThrowEndError();
    }

    private void ThrowEndError()
    {
        if (EndError is not null)
        {
            throw EndError;
        }
    }
}
