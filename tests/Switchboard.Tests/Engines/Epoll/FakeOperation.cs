using Switchboard.Engines.Epoll;

namespace Switchboard.Tests.Engines.Epoll;

/// <summary>An operation whose kernel is a number: how many times it has something.</summary>
internal sealed class FakeOperation(IPolled source) : Operation
{
    public bool IsCalling { get; private set; }

    /// <summary>How many results the kernel still has.</summary>
    public int Available { get; set; }

    /// <summary>Called within each call, before the kernel answers.</summary>
    public Action Calling { get; set; } = static () => { };

    /// <summary>How often the last call of a closed direction was left.</summary>
    public int Left { get; private set; }

    public Task<int> AskAsync(CancellationToken cancellationToken = default) => StartAsync(cancellationToken).AsTask();

    public override IPolled Source => source;

    protected override int Try(bool isCertain, out bool hasMore)
    {
        Assert.False(IsCalling, "Two calls at once.");
        Assert.Equal(0, Left);
        IsCalling = true;

        // What comes during the call comes too late for it, as in the kernel.
        var count = Available > 0 ? 1 : Nothing;
        hasMore = Available > 1;
        Calling();
        IsCalling = false;
        Available -= count > 0 ? 1 : 0;
        return count;
    }

    protected override Exception Translate(int errno) => new InvalidOperationException($"Error {errno}.");

    protected override void Forget()
    {
    }

    protected override void LeftLast() => Left++;

    protected override Exception WasClosed() => new ObjectDisposedException(nameof(FakeOperation));
}
