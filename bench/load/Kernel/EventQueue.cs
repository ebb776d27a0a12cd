using System.Runtime.InteropServices;

namespace Switchboard.Bench.Load.Kernel;

/// <summary>An epoll, edge-triggered: each socket is told of once when more can be received or sent.</summary>
internal sealed unsafe class EventQueue : IDisposable
{
    private const int MaxEvents = 512;

    // struct epoll_event is packed on x86-64 alone, to be laid out as on 32 bits.
    private static readonly int TokenAt = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventBytes = TokenAt + 8;

    private readonly int _epoll = KernelException.Check(Libc.EpollCreate(Libc.EpollCloseOnExec), "epoll_create1");
    private readonly byte* _events = (byte*)NativeMemory.AllocZeroed((nuint)(MaxEvents * EventBytes));

    /// <param name="socket">Is told of from now on.</param>
    /// <param name="token">By which <see cref="TokenOf"/> names it.</param>
    public void Add(int socket, int token)
    {
        var interest = stackalloc byte[16];
        *(uint*)interest = Libc.EpollIn | Libc.EpollOut | Libc.EpollEdge;
        *(long*)(interest + TokenAt) = token;
        KernelException.Check(Libc.EpollControl(_epoll, Libc.EpollAdd, socket, interest), "epoll_ctl");
    }

    /// <returns>How many events there are; none when the time was over first.</returns>
    public int Wait(int timeoutMilliseconds)
    {
        var count = Libc.EpollWait(_epoll, _events, MaxEvents, timeoutMilliseconds);
        if (count < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted)
        {
            return 0;
        }

        return KernelException.Check(count, "epoll_wait");
    }

    public int TokenOf(int number) => (int)*(long*)(_events + (number * EventBytes) + TokenAt);

    public void Dispose()
    {
        _ = Libc.Close(_epoll);
        NativeMemory.Free(_events);
    }
}
