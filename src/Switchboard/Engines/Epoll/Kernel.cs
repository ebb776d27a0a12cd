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

    public int Receive(int descriptor, byte* buffer, int length, int flags)
    {
        var error = 0;
        if (faults?.TryFailReceive(descriptor, ref length, out error) == true)
        {
            return -error;
        }

        while (true)
        {
            var count = Libc.Receive(descriptor, buffer, (nuint)length, flags);
            if (count >= 0)
            {
                return (int)count;
            }

            if (Marshal.GetLastPInvokeError() is not Errno.Interrupted and var errno)
            {
                return -errno;
            }
        }
    }

    public int Send(int descriptor, byte* bytes, int length)
    {
        var error = 0;
        if (faults?.TryFailSend(descriptor, ref length, out error) == true)
        {
            return -error;
        }

        while (true)
        {
            var count = Libc.Send(descriptor, bytes, (nuint)length, Libc.NoSignal);
            if (count >= 0)
            {
                return (int)count;
            }

            if (Marshal.GetLastPInvokeError() is not Errno.Interrupted and var errno)
            {
                return -errno;
            }
        }
    }

    public int Accept(int descriptor, byte* address, ref uint length)
    {
        var error = 0;
        if (faults?.TryFailAccept(descriptor, out error) == true)
        {
            return -error;
        }

        fixed (uint* written = &length)
        {
            while (true)
            {
                var accepted = Libc.Accept(descriptor, address, written, Libc.NonBlocking | Libc.CloseOnExec);
                if (accepted >= 0)
                {
                    return accepted;
                }

                if (Marshal.GetLastPInvokeError() is not Errno.Interrupted and var errno)
                {
                    return -errno;
                }
            }
        }
    }
}
