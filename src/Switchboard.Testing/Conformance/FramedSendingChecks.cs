using System.Buffers.Binary;

namespace Switchboard.Testing.Conformance;

/// <summary>Frames of many senders on one connection.</summary>
internal static class FramedSendingChecks
{
    private const int Senders = 8;
    private const int FramesEach = 200;
    private const int LongestFrame = 3000;
    private const int HeaderBytes = 8;

    private static readonly Framing Framing = Framing.LengthPrefixed(LongestFrame);

    public static IEnumerable<ConformanceCheck> All =>
    [
        ConformanceCheck.BothWays("Frames of many senders come whole, and each sender's in order", ManySenders),
        ConformanceCheck.BothWays("Frames go both ways at once", BothWays),
        ConformanceCheck.BothWays("Finishing comes after the frames that wait to be sent", Finishing),
    ];

    private static async Task ManySenders(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var sender = trial.Frames(near, Framing);
        var receiver = trial.Frames(far, Framing);
        var sending = Enumerable.Range(0, Senders)
            .Select(number => Task.Run(() => SendNumbered(trial, sender, number)))
            .ToArray();

        var next = new int[Senders];
        for (var i = 0; i < Senders * FramesEach; i++)
        {
            ExpectNumbered(trial, await trial.Soon(receiver.ReceiveAsync(trial.Token)), next);
        }

        await trial.Soon(Task.WhenAll(sending));
    }

    private static async Task SendNumbered(Trial trial, FramedConnection frames, int sender)
    {
        for (var number = 0; number < FramesEach; number++)
        {
            await trial.Soon(frames.SendAsync(Numbered(sender, number), trial.Token));
        }
    }

    private static byte[] Numbered(int sender, int number)
    {
        var seed = (sender * FramesEach) + number;
        var frame = Pattern.Bytes(HeaderBytes + (seed * 37 % (LongestFrame - HeaderBytes)), seed);
        BinaryPrimitives.WriteInt32BigEndian(frame, sender);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), number);
        return frame;
    }

    private static void ExpectNumbered(Trial trial, ReadOnlyMemory<byte>? received, int[] next)
    {
        var length = received?.Length ?? 0;
        trial.True(length >= HeaderBytes, "a frame with numbers", $"{length} bytes", "receive a frame");
        var frame = received!.Value.Span;
        var sender = BinaryPrimitives.ReadInt32BigEndian(frame);
        trial.True(sender is >= 0 and < Senders, "a sender's number", $"{sender}", "the frame's sender");
        trial.SameBytes(Numbered(sender, next[sender]), frame, $"frame {next[sender]} of sender {sender}");
        next[sender]++;
    }

    private static async Task BothWays(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var one = trial.Frames(near, Framing);
        var other = trial.Frames(far, Framing);

        await Task.WhenAll(
            SendNumbered(trial, one, 1),
            SendNumbered(trial, other, 2),
            ReceiveNumbered(trial, one),
            ReceiveNumbered(trial, other));
    }

    private static async Task ReceiveNumbered(Trial trial, FramedConnection frames)
    {
        var next = new int[Senders];
        for (var i = 0; i < FramesEach; i++)
        {
            ExpectNumbered(trial, await trial.Soon(frames.ReceiveAsync(trial.Token)), next);
        }
    }

    private static async Task Finishing(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var sender = trial.Frames(near, Framing);
        var receiver = trial.Frames(far, Framing);
        for (var number = 0; number < 20; number++)
        {
            var taken = sender.TrySend(Numbered(0, number));
            trial.True(taken, "the frame to be taken", "it refused", "send without waiting");
        }

        await trial.Soon(sender.CompleteSendingAsync(trial.Token));

        var next = new int[Senders];
        for (var number = 0; number < 20; number++)
        {
            ExpectNumbered(trial, await trial.Soon(receiver.ReceiveAsync(trial.Token)), next);
        }

        var more = await trial.Soon(receiver.ReceiveAsync(trial.Token));
        trial.True(more is null, "no more frames", $"one of {more?.Length} bytes", "receive after the last frame");
    }
}
