namespace Switchboard.Board.Kernel;

/// <summary>
/// Asks the kernel about sockets, by <c>sock_diag</c>: what costs milliseconds for all of them by way of
/// <c>/proc/net/tcp</c>, however few there are, costs microseconds here. Linux only; not thread-safe.
/// </summary>
internal sealed class SocketDump : IDisposable
{
    // The kernel fills whatever it is given, up to 32 KiB at once.
    private const int BufferBytes = 64 * 1024;

    private delegate SocketRow? RowReader(ReadOnlySpan<byte> message);

    private readonly NetlinkHandle _kernel = NetlinkHandle.Open();
    private readonly byte[] _buffer = new byte[BufferBytes];

    /// <summary>Every state of a socket that listens, is connected, or was.</summary>
    public static uint AllStates { get; } = Enum.GetValues<SocketState>()
        .Where(state => state is not (SocketState.Unknown or SocketState.Bound))
        .Aggregate(0u, (states, state) => states | Only(state));

    /// <summary>Whether this system can be asked.</summary>
    public static bool IsAvailable => OperatingSystem.IsLinux();

    public void Dispose() => _kernel.Dispose();

    /// <summary>Only this one.</summary>
    public static uint Only(SocketState state) => 1u << (int)state;

    /// <summary>Adds all TCP sockets of this machine, or rather of the network namespace of this process.</summary>
    /// <param name="states">Bits of states.</param>
    /// <param name="wanted">What to tell of each.</param>
    /// <param name="rows">What is found is added at its end.</param>
    /// <exception cref="KernelException">It does not answer.</exception>
    public void AddAll(uint states, SocketDetail wanted, List<SocketRow> rows)
    {
        AddFamily(SocketKind.Tcp, isIPv6: false, states, wanted, rows);
        AddFamily(SocketKind.Tcp, isIPv6: true, states, wanted, rows);
    }

    /// <summary>Adds all UDP sockets, with their memory and drops.</summary>
    /// <exception cref="KernelException">It does not answer.</exception>
    public void AddDatagrams(List<SocketRow> rows)
    {
        AddFamily(SocketKind.Udp, isIPv6: false, uint.MaxValue, SocketDetail.Memory, rows);
        AddFamily(SocketKind.Udp, isIPv6: true, uint.MaxValue, SocketDetail.Memory, rows);
    }

    /// <summary>Adds all Unix domain sockets, with all that the kernel tells of them.</summary>
    /// <exception cref="KernelException">It does not answer.</exception>
    public void AddUnix(List<SocketRow> rows)
    {
        Span<byte> request = stackalloc byte[UnixMessages.RequestBytes];
        UnixMessages.WriteDump(request);
        Add(request, UnixMessages.ReadRow, rows);
    }

    /// <summary>Asks about one TCP socket.</summary>
    /// <param name="row">As it was told of before.</param>
    /// <param name="wanted">What to tell of it.</param>
    /// <returns>Null if it is gone.</returns>
    /// <exception cref="KernelException">It does not answer.</exception>
    public SocketRow? Find(in SocketRow row, SocketDetail wanted)
    {
        Span<byte> request = stackalloc byte[SocketMessages.RequestBytes];
        SocketMessages.WriteOne(request, row, SocketMessages.OfSocket, wanted);
        _kernel.Send(request);
        var answer = _buffer.AsSpan(0, _kernel.Receive(_buffer));
        if (SocketMessages.ReadHeader(answer).Kind == SocketMessages.OfSocket)
        {
            return SocketMessages.ReadRow(answer);
        }

        ThrowIfOdd(SocketMessages.ReadError(answer));
        return null;
    }

    /// <summary>Resets a connection of whatever process: both ends see a reset. Needs to be root.</summary>
    /// <returns>False if it is gone already.</returns>
    /// <exception cref="KernelException">It is not allowed, or this kernel cannot.</exception>
    public bool Destroy(in SocketRow row)
    {
        Span<byte> request = stackalloc byte[SocketMessages.RequestBytes];
        SocketMessages.WriteOne(request, row, SocketMessages.Destroy, SocketDetail.None);
        _kernel.Send(request);
        var error = SocketMessages.ReadError(_buffer.AsSpan(0, _kernel.Receive(_buffer)));
        return error switch
        {
            0 => true,
            Libc.NoSuchEntry => false,
            _ => throw new KernelException("reset the connection", error),
        };
    }

    private static void ThrowIfOdd(int error)
    {
        if (error is not (0 or Libc.NoSuchEntry))
        {
            throw new KernelException("find the socket", error);
        }
    }

    private void AddFamily(SocketKind kind, bool isIPv6, uint states, SocketDetail wanted, List<SocketRow> rows)
    {
        Span<byte> request = stackalloc byte[SocketMessages.RequestBytes];
        SocketMessages.WriteDump(request, kind, isIPv6, states, wanted);
        Add(request, kind == SocketKind.Udp ? SocketMessages.ReadDatagramRow : SocketMessages.ReadRow, rows);
    }

    private void Add(ReadOnlySpan<byte> request, RowReader read, List<SocketRow> rows)
    {
        _kernel.Send(request);
        while (AddAnswer(_buffer.AsSpan(0, _kernel.Receive(_buffer)), read, rows))
        {
        }
    }

    /// <returns>Whether there is more to come.</returns>
    private static bool AddAnswer(ReadOnlySpan<byte> answer, RowReader read, List<SocketRow> rows)
    {
        while (answer.Length >= SocketMessages.HeaderBytes)
        {
            var (bytes, kind) = SocketMessages.ReadHeader(answer);
            if (bytes < SocketMessages.HeaderBytes || bytes > answer.Length || kind == SocketMessages.Done)
            {
                return false;
            }

            if (kind == SocketMessages.Failed)
            {
                // A kernel without IPv6, or without UDP's part of sock_diag, tells of none of those.
                ThrowIfOdd(SocketMessages.ReadError(answer[..bytes]));
                return false;
            }

            if (read(answer[..bytes]) is { } row)
            {
                rows.Add(row);
            }

            answer = answer[Math.Min(SocketMessages.Aligned(bytes), answer.Length)..];
        }

        return true;
    }
}
