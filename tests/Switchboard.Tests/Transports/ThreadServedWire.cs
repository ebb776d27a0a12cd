using System.Collections.Concurrent;
using System.Net;
using Switchboard.Serving.Threads;

namespace Switchboard.Tests.Transports;

/// <summary>
/// A wire with a thread that asks for its operations, and is blocked by each, as the thread of a handler is. What is
/// asked for while it is blocked is asked for by whoever wants it, as beside a handler.
/// </summary>
internal sealed class ThreadServedWire : Wire
{
    private readonly BlockingWire _inner;
    private readonly BlockingCollection<Action> _work = [];
    private int _isBusy;

    public ThreadServedWire(BlockingWire inner)
    {
        _inner = inner;
        new Thread(Work) { IsBackground = true, Name = "Serves a wire" }.Start();
    }

    public override Endpoint Local => _inner.Local;

    public override Endpoint Remote => _inner.Remote;

    public override PeerCredentials? PeerCredentials => _inner.PeerCredentials;

    public override bool CanHalfClose => _inner.CanHalfClose;

    internal override bool CloseCompletesSending => _inner.CloseCompletesSending;

    internal override IPAddress? RemoteAddress => _inner.RemoteAddress;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        AskAsync(() => _inner.ReceiveAsync(buffer, cancellationToken));

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        AskAsync(() => _inner.SendAsync(bytes, cancellationToken));

    public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken) =>
        _inner.CompleteSendingAsync(cancellationToken);

    public override void CancelReceive() => _inner.CancelReceive();

    public override void Close()
    {
        _inner.Close();
        _work.CompleteAdding();
    }

    public override void Abort()
    {
        _inner.Abort();
        _work.CompleteAdding();
    }

    public override void Post(IThreadPoolWorkItem work) => _inner.Post(work);

    private ValueTask<int> AskAsync(Func<ValueTask<int>> operation)
    {
        if (Interlocked.CompareExchange(ref _isBusy, 1, 0) != 0)
        {
            return operation();
        }

        var result = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _work.Add(() => Run(operation, result));
        }
        catch (InvalidOperationException)
        {
            // The thread has gone with its wire.
            return operation();
        }

        return new(result.Task);
    }

    private void Run(Func<ValueTask<int>> operation, TaskCompletionSource<int> result)
    {
        try
        {
            var asked = operation().AsTask();
            Assert.True(asked.IsCompleted, "The thread was not blocked until the operation had ended.");
            var count = asked.GetAwaiter().GetResult();
            Volatile.Write(ref _isBusy, 0);
            result.SetResult(count);
        }
        catch (Exception error)
        {
            Volatile.Write(ref _isBusy, 0);
            result.SetException(error);
        }
    }

    private void Work()
    {
        _inner.ServeHere();
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
