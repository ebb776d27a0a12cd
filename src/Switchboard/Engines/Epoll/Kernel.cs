using System.Runtime.InteropServices;

namespace Switchboard.Engines.Epoll;

/// <summary>
/// The calls that move bytes and connections. Each returns what the kernel returned, or an error number, negated. Tests
/// give it faults to commit.
/// </summary>
/// <param name="faults">What is to go wrong; null for nothing.</param>
internal sealed unsafe class Kernel(IFaults? faults)
{
    public IFaults? Faults => faults;

    public int Receive(Operation asker, int descriptor, byte* buffer, int length, int flags)
    {
        while (true)
        {
            var errno = 0;
            if (faults?.TryFailReceive(asker, ref length, out errno) != true)
            {
                var count = Libc.Receive(descriptor, buffer, (nuint)length, flags);
                if (count >= 0)
                {
                    return (int)count;
                }

                errno = Marshal.GetLastPInvokeError();
            }

            if (errno != Errno.Interrupted)
            {
                return -errno;
            }
        }
    }

    public int Send(Operation asker, int descriptor, byte* bytes, int length)
    {
        while (true)
        {
            var errno = 0;
            if (faults?.TryFailSend(asker, ref length, out errno) != true)
            {
                var count = Libc.Send(descriptor, bytes, (nuint)length, Libc.NoSignal);
                if (count >= 0)
                {
                    return (int)count;
                }

                errno = Marshal.GetLastPInvokeError();
            }

            if (errno != Errno.Interrupted)
            {
                return -errno;
            }
        }
    }

    /// <summary>Fills an empty pipe with what a socket has received.</summary>
    public int ReceiveInto(Operation asker, int descriptor, PipeBuffer pipe)
    {
        while (true)
        {
            var (errno, length) = (0, pipe.Capacity);
            if (faults?.TryFailReceive(asker, ref length, out errno) != true
                && TrySplice(descriptor, pipe.Input, length, out errno) is >= 0 and var count)
            {
                pipe.Length = count;
                return count;
            }

            if (errno != Errno.Interrupted)
            {
                return -errno;
            }
        }
    }

    /// <summary>Has a socket send what is in a pipe, or a part of it.</summary>
    public int SendFrom(Operation asker, int descriptor, PipeBuffer pipe)
    {
        while (true)
        {
            var (errno, length) = (0, pipe.Length);
            if (faults?.TryFailSend(asker, ref length, out errno) != true
                && TrySplice(pipe.Output, descriptor, length, out errno) is >= 0 and var count)
            {
                pipe.Length -= count;
                return count;
            }

            if (errno != Errno.Interrupted)
            {
                return -errno;
            }
        }
    }

    private static int TrySplice(int from, int to, int length, out int errno)
    {
        var count = Libc.Splice(from, null, to, null, (nuint)length, Libc.SpliceMove | Libc.SpliceNonBlocking);
        errno = count < 0 ? Marshal.GetLastPInvokeError() : 0;
        return (int)count;
    }

    /// <summary>Asked before datagrams are received: they are never cut, so a fault is an error or nothing.</summary>
    /// <returns>0, or an error number, negated.</returns>
    public int FaultOfReceive(Operation asker)
    {
        var whole = 1;
        return faults?.TryFailReceive(asker, ref whole, out var errno) == true && errno != Errno.Interrupted
            ? -errno
            : 0;
    }

    /// <summary>The same before datagrams are sent.</summary>
    public int FaultOfSend(Operation asker)
    {
        var whole = 1;
        return faults?.TryFailSend(asker, ref whole, out var errno) == true && errno != Errno.Interrupted
            ? -errno
            : 0;
    }

    public int Accept(Operation asker, int descriptor, byte* address, ref uint length)
    {
        fixed (uint* written = &length)
        {
            while (true)
            {
                var errno = 0;
                if (faults?.TryFailAccept(asker, out errno) != true)
                {
                    var accepted = Libc.Accept(descriptor, address, written, Libc.NonBlocking | Libc.CloseOnExec);
                    if (accepted >= 0)
                    {
                        return accepted;
                    }

                    errno = Marshal.GetLastPInvokeError();
                }

                if (errno != Errno.Interrupted)
                {
                    return -errno;
                }
            }
        }
    }
}
