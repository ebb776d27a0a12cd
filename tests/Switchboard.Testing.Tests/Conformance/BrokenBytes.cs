using System.Threading.Channels;

namespace Switchboard.Testing.Tests.Conformance;

/// <summary>Transports that lose, add or change bytes.</summary>
internal static class BrokenBytes
{
    public static IEnumerable<Breakage> All =>
    [
        new(
            "drops the last byte of a send",
            wire => new BrokenWire(wire) { OnSend = (bytes, token) => SendAs(wire, bytes, bytes[..^1], token) },
            "Closing right after a large send loses nothing",
            "64 MiB go both ways at once, and every byte arrives",
            "Bytes that are sent one by one come in order",
            "Line frames come out the same wherever their bytes are cut in two",
            "Readers and writers of text exchange lines over the stream"),
        new(
            "sends the second half first",
            wire => new BrokenWire(wire) { OnSend = (bytes, token) => SendAs(wire, bytes, Exchanged(bytes), token) },
            "Receiving to the end gives every byte",
            "64 MiB go both ways at once, and every byte arrives",
            "Frames of many senders come whole, and each sender's in order",
            "Pipes carry bytes, and completing the writer finishes sending"),
        new(
            "sends everything twice",
            wire => new BrokenWire(wire)
            {
                OnSend = (bytes, token) => SendAs(wire, bytes, (byte[])[.. bytes.Span, .. bytes.Span], token),
            },
            "Bytes that are sent one by one come in order",
            "Finishing comes after everything that was sent",
            "Fixed-length frames come out the same when every byte comes alone"),
        new(
            "takes a byte in a receive into an empty buffer",
            wire => new BrokenWire(wire)
            {
                OnReceive = (buffer, token) => buffer.IsEmpty ? TakeOne(wire, token) : wire.ReceiveAsync(buffer, token),
            },
            "A receive into an empty buffer waits for bytes and takes none",
            "A frame that is larger than any buffer comes whole"),
        new(
            "goes on with a receive that was cancelled",
            StubbornWire,
            "A cancelled receive loses nothing, and the connection goes on"),
        new(
            "takes whatever it is given to send",
            UnboundedWire,
            "A peer that does not receive holds the sender back, and loses nothing"),
    ];

    private static byte[] Exchanged(ReadOnlyMemory<byte> bytes) =>
        [.. bytes.Span[(bytes.Length / 2)..], .. bytes.Span[..(bytes.Length / 2)]];

    private static async ValueTask<int> SendAs(
        Wire wire,
        ReadOnlyMemory<byte> asked,
        ReadOnlyMemory<byte> instead,
        CancellationToken cancellationToken)
    {
        while (!instead.IsEmpty)
        {
            instead = instead[await wire.SendAsync(instead, cancellationToken)..];
        }

        return asked.Length;
    }

    private static async ValueTask<int> TakeOne(Wire wire, CancellationToken cancellationToken)
    {
        await wire.ReceiveAsync(new byte[1], cancellationToken);
        return 0;
    }

    /// <summary>What a cancelled receive still got is lost, and the next one gets what comes after.</summary>
    private static BrokenWire StubbornWire(Wire wire)
    {
        var last = Task.CompletedTask;
        return new BrokenWire(wire)
        {
            OnReceive = async (buffer, token) =>
            {
                await last;
                var own = new byte[buffer.Length];
                var receiving = wire.ReceiveAsync(own, CancellationToken.None).AsTask();
                last = receiving;
                var count = await receiving.WaitAsync(token);
                own.AsMemory(0, count).CopyTo(buffer);
                return count;
            },
        };
    }

    private static BrokenWire UnboundedWire(Wire wire)
    {
        var waiting = Channel.CreateUnbounded<byte[]>();
        var pumping = PumpAsync(wire, waiting.Reader);
        return new BrokenWire(wire)
        {
            OnSend = (bytes, _) => new(waiting.Writer.TryWrite(bytes.ToArray()) ? bytes.Length : 1),
            OnCompleteSending = async token =>
            {
                waiting.Writer.TryComplete();
                await pumping.WaitAsync(token);
                await wire.CompleteSendingAsync(token);
            },
        };
    }

    private static async Task PumpAsync(Wire wire, ChannelReader<byte[]> waiting)
    {
        await foreach (var bytes in waiting.ReadAllAsync())
        {
            await SendAs(wire, bytes, bytes, CancellationToken.None);
        }
    }
}
