using System.Runtime.InteropServices;

namespace Switchboard.Board.Kernel;

/// <summary>A socket over which the kernel answers questions about sockets.</summary>
internal sealed class NetlinkHandle : SafeHandle
{
    private NetlinkHandle(nint descriptor)
        : base(-1, ownsHandle: true) => SetHandle(descriptor);

    public override bool IsInvalid => handle < 0;

    /// <exception cref="KernelException">The kernel does not answer such questions.</exception>
    public static NetlinkHandle Open()
    {
        var descriptor = Libc.OpenSocket(
            Libc.AfNetlink, Libc.SockRaw | Libc.CloseOnExec, Libc.NetlinkSockDiag);
        return descriptor >= 0
            ? new NetlinkHandle(descriptor)
            : throw KernelException.OfLastCall("ask the kernel about its sockets");
    }

    /// <exception cref="KernelException">It was refused.</exception>
    public void Send(ReadOnlySpan<byte> request)
    {
        if (Libc.Send(this, request, (nuint)request.Length, 0) < 0)
        {
            throw KernelException.OfLastCall("ask the kernel about its sockets");
        }
    }

    /// <returns>How many bytes of the answer came.</returns>
    /// <exception cref="KernelException">It was refused.</exception>
    public int Receive(Span<byte> buffer)
    {
        while (true)
        {
            var count = Libc.Receive(this, buffer, (nuint)buffer.Length, 0);
            if (count >= 0)
            {
                return (int)count;
            }

            if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
            {
                throw KernelException.OfLastCall("hear what the kernel says of its sockets");
            }
        }
    }

    protected override bool ReleaseHandle() => Libc.Close(handle) == 0;
}
