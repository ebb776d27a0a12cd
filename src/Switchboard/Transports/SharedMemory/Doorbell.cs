using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Transports.SharedMemory;

/// <summary>
/// The unix socket beside the memory: a byte through it wakes the peer, whatever the peer waits for, and its end is the
/// peer's death. Bytes are asked for at all times, so that the end is heard whether anybody waits or not.
/// </summary>
/// <param name="socket">Connected; owned by the wire.</param>
/// <param name="wire">Whom to tell.</param>
[SuppressMessage("Reliability", "CA2012", Justification = "Each is consumed once, when it has completed.")]
internal sealed class Doorbell(Wire socket, SharedMemoryWire wire)
{
    // Nobody rings.
    private const int Silent = 0;

    // Somebody is sending the byte.
    private const int Ringing = 1;

    // Somebody is, and something has happened since: another byte has to follow, for the peer may have looked before.
    private const int RingingAgain = 2;

    private static readonly byte[] OneByte = [1];

    private readonly byte[] _heard = new byte[64];
    private ValueTask<int> _hearing;
    private ValueTask<int> _ringing;
    private Action? _goOnHearing;
    private Action? _goOnRinging;
    private int _state;
    private long _expected;
    private long _heardInAll;

    /// <summary>Begins to listen.</summary>
    public void Open()
    {
        _goOnHearing = GoOnHearing;
        _goOnRinging = GoOnRinging;

        // None are sent along; a peer that does so anyhow is late to wake us, which is its own loss.
        socket.ExpectNoDescriptors();
        HearOn(heard: 0);
    }

    /// <summary>Grants the peer one byte. To be called before it can see that somebody sleeps.</summary>
    public void ExpectOne() => Interlocked.Increment(ref _expected);

    /// <summary>Wakes the peer. Does not wait, and never fails: a peer that is gone is heard of otherwise.</summary>
    public void Ring()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state == RingingAgain)
            {
                return;
            }

            if (Interlocked.CompareExchange(ref _state, state + 1, state) == state)
            {
                if (state == Silent)
                {
                    SendBytes();
                }

                return;
            }
        }
    }

    private void SendBytes()
    {
        try
        {
            do
            {
                var sending = socket.SendAsync(OneByte, CancellationToken.None);
                if (!sending.IsCompleted)
                {
                    // The peer has left so many bytes unread that the socket is full. It will wake without this one,
                    // but may have looked before.
                    _ringing = sending;
                    sending.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_goOnRinging!);
                    return;
                }

                sending.GetAwaiter().GetResult();
            }
            while (!TryFallSilent());
        }
        catch (Exception error) when (IsEnd(error))
        {
            GiveUp();
        }
    }

    private void GoOnRinging()
    {
        try
        {
            _ringing.GetAwaiter().GetResult();
        }
        catch (Exception error) when (IsEnd(error))
        {
            GiveUp();
            return;
        }

        if (!TryFallSilent())
        {
            SendBytes();
        }
    }

    // There is nobody to wake, or no way to: then the peer must not sleep for ever. The state stays as it is, so that
    // nobody else tries.
    private void GiveUp() => socket.Abort();

    private bool TryFallSilent()
    {
        if (Interlocked.CompareExchange(ref _state, Silent, Ringing) == Ringing)
        {
            return true;
        }

        Volatile.Write(ref _state, Ringing);
        return false;
    }

    private void GoOnHearing()
    {
        var heard = Take(_hearing);
        HearOn(heard);
    }

    /// <summary>
    /// Asks for the next bytes and then tells of those that came. In this order: telling runs the handler, which may
    /// keep this thread, and what it waits for may be the next byte.
    /// </summary>
    private void HearOn(int? heard)
    {
        while (heard is { } count && IsExpected(count))
        {
            var hearing = BeginToHear();
            if (hearing is not { IsCompleted: false } pending)
            {
                heard = hearing is { } done ? Take(done) : null;
                continue;
            }

            _hearing = pending;
            pending.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_goOnHearing!);
            wire.WakeUp();
            return;
        }

        wire.NotePeerGone();
    }

    private bool IsExpected(int count)
    {
        _heardInAll += count;
        if (_heardInAll <= Interlocked.Read(ref _expected))
        {
            return true;
        }

        wire.Break("receive", "it rang without having been asked to");
        return false;
    }

    private ValueTask<int>? BeginToHear()
    {
        try
        {
            return socket.ReceiveAsync(_heard, CancellationToken.None);
        }
        catch (Exception error) when (IsEnd(error))
        {
            return null;
        }
    }

    /// <summary>How many bytes came; null at the end.</summary>
    private static int? Take(ValueTask<int> hearing)
    {
        try
        {
            return hearing.GetAwaiter().GetResult() is > 0 and var count ? count : null;
        }
        catch (Exception error) when (IsEnd(error))
        {
            return null;
        }
    }

    private static bool IsEnd(Exception error) =>
        error is ConnectionException or ObjectDisposedException or OperationCanceledException;
}
