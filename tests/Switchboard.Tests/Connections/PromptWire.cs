namespace Switchboard.Tests.Connections;

/// <summary>A wire whose receives have to wait, and have ended before whoever began them goes on.</summary>
internal sealed class PromptWire : Wire
{
    public override Endpoint Local => new MemoryEndpoint("prompt");

    public override Endpoint Remote => new MemoryEndpoint("peer");

    internal override bool TellsOwner => true;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        const int Count = 3;
        Assert.Null(Owner!.EndReceive(Count, buffer.Length, buffer));
        return new(Task.FromResult(Count));
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
