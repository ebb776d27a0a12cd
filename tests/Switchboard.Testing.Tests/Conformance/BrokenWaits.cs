namespace Switchboard.Testing.Tests.Conformance;

/// <summary>Transports that wait when they should not, or do not when they should.</summary>
internal static class BrokenWaits
{
    public static IEnumerable<Breakage> All =>
    [
        new(
            "waits until the buffer is full",
            wire => new BrokenWire(wire) { OnReceive = (buffer, token) => ReceiveFull(wire, buffer, token) },
            "Line frames come out the same when every byte comes alone",
            "Readers and writers of text that block exchange lines over the stream"),
        new(
            "does not wait in a receive into an empty buffer",
            wire => new BrokenWire(wire)
            {
                OnReceive = (buffer, token) => buffer.IsEmpty ? new(0) : wire.ReceiveAsync(buffer, token),
            },
            "A receive into an empty buffer waits for bytes and takes none"),
        new(
            "does not obey the token of a receive",
            wire => new BrokenWire(wire)
            {
                OnReceive = (buffer, _) => wire.ReceiveAsync(buffer, CancellationToken.None),
            },
            "A cancelled receive loses nothing, and the connection goes on",
            "A cancelled receive of a frame keeps the part that had come"),
        new(
            "does not obey the token of a send",
            wire => new BrokenWire(wire)
            {
                OnSend = (bytes, _) => wire.SendAsync(bytes, CancellationToken.None),
            },
            "After a cancelled send nothing more is sent, and the peer sees no proper end"),
        new(
            "does not stop a receive on request",
            wire => new BrokenWire(wire) { OnCancelReceive = () => { } },
            "Closing ends the receive that waits"),
    ];

    private static async ValueTask<int> ReceiveFull(Wire wire, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var received = 0;
        int count;
        do
        {
            count = await wire.ReceiveAsync(buffer[received..], cancellationToken);
            received += count;
        }
        while (count > 0 && received < buffer.Length);

        return received;
    }
}
