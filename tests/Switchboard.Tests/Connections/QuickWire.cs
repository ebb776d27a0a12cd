using Switchboard.Engines.Epoll;

namespace Switchboard.Tests.Connections;

/// <summary>
/// A wire whose receives have to wait, and have ended, on another thread, before the call that began them returns.
/// </summary>
internal sealed class QuickWire(int bytes) : Wire
{
    private readonly Completion _completion = new();

    public override Endpoint Local { get; } = new MemoryEndpoint("here");

    public override Endpoint Remote { get; } = new MemoryEndpoint("there");

    internal override bool TellsOwner => true;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var waiting = _completion.Begin();
        Assert.Null(Owner!.EndReceive(bytes, buffer.Length, buffer));
        _completion.Succeed(bytes);
        return waiting;
    }

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        new(bytes.Length);

    public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken) => default;

    public override void CancelReceive()
    {
    }

    public override void Close()
    {
    }

    public override void Abort()
    {
    }
}
