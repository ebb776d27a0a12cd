namespace Switchboard.Testing.Conformance;

/// <summary>Aborting, and what the peer sees of it.</summary>
internal static class ResettingChecks
{
    private static readonly Framing Framing = Framing.LengthPrefixed(1000);

    public static IEnumerable<ConformanceCheck> All =>
    [
        ConformanceCheck.BothWays("A reset in the middle of a frame is an error, and no part is delivered", MidFrame),
        ConformanceCheck.BothWays("What came before a reset can be received, and then the reset", AfterBytes),
        ConformanceCheck.BothWays("A reset ends the receive that waits", WhilePeerReceives),
        ConformanceCheck.BothWays("A reset ends the send that waits", WhilePeerSends),
        ConformanceCheck.BothWays("What a reset broke stays broken", StaysBroken),
        ConformanceCheck.BothWays("Aborting ends the receive and the send that run", WhileBusy),
        ConformanceCheck.BothWays("Aborting may be repeated, and closing after it returns at once", Repeated),
        ConformanceCheck.BothWays("Aborting ends a closing that waits for the peer", WhileClosing),
    ];

    private static async Task MidFrame(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var frames = trial.Frames(far, Framing);
        await trial.Soon(near.SendAsync(new byte[] { 0, 0, 0, 2, 7, 8, 0, 0, 0, 9, 1, 2, 3 }, trial.Token));
        var frame = await trial.Soon(frames.ReceiveAsync(trial.Token));
        trial.SameBytes([7, 8], (frame ?? default).Span, "the whole frame before the partial one");

        near.Abort();

        if (trial.Subject.ShowsResets)
        {
            await trial.Fails<ConnectionResetException>(async () => await frames.ReceiveAsync(trial.Token));
        }
        else
        {
            await trial.Fails<IOException>(async () => await frames.ReceiveAsync(trial.Token));
        }
    }

    private static async Task AfterBytes(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.SendAsync(Pattern.Bytes(100), trial.Token));
        await trial.Readable(far);

        near.Abort();

        if (trial.Subject.KeepsBytesBeforeReset)
        {
            await trial.ExpectBytes(far, Pattern.Bytes(100));
        }

        await trial.ExpectReset(far);
    }

    private static async Task WhilePeerReceives(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var receiving = trial.ExpectReset(far);

        near.Abort();

        await receiving;
    }

    private static async Task WhilePeerSends(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var sending = far.SendAsync(new byte[trial.Subject.MaxBufferedBytes], trial.Token).AsTask();
        await trial.Readable(near);

        near.Abort();

        await trial.Fails<ConnectionResetException>(async () => await sending);
    }

    private static async Task StaysBroken(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(far.SendAsync(new byte[1], trial.Token));
        await trial.Readable(near);
        near.Abort();
        await trial.ExpectReset(far);
        await trial.ExpectReset(far);

        if (trial.Subject.ShowsResets)
        {
            await trial.Fails<ConnectionResetException>(async () => await far.SendAsync(new byte[1], trial.Token));
            await trial.Soon(far.DisposeAsync());
            trial.Equal(EndReason.PeerReset, (await far.Closed).Reason, "why the far end ended");
        }
    }

    private static async Task WhileBusy(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var receiving = near.ReceiveAsync(new byte[16], trial.Token).AsTask();
        var sending = near.SendAsync(new byte[trial.Subject.MaxBufferedBytes], trial.Token).AsTask();
        await trial.Readable(far);

        near.Abort();

        await trial.Fails<ObjectDisposedException>(async () => await receiving);
        await trial.Fails<ObjectDisposedException>(async () => await sending);
        trial.Equal(EndReason.Aborted, (await trial.Soon(near.Closed)).Reason, "why the near end ended");
    }

    private static async Task Repeated(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        near.Abort();
        near.Abort();
        await trial.Soon(near.DisposeAsync());
        near.Abort();

        await trial.Fails<ObjectDisposedException>(async () => await near.ReceiveAsync(new byte[1], trial.Token));
        await trial.Fails<ObjectDisposedException>(async () => await near.SendAsync(new byte[1], trial.Token));
        await trial.ExpectReset(far);
    }

    private static async Task WhileClosing(Trial trial)
    {
        trial.CloseTimeout = trial.Subject.Deadline * 10;
        var (near, far) = await trial.ConnectAsync();
        var closing = near.DisposeAsync().AsTask();
        await trial.ExpectEnd(far);
        trial.True(!closing.IsCompleted, "waiting for the peer", "an end", "closing before the peer has finished");

        near.Abort();

        await trial.Soon(closing);
    }
}
