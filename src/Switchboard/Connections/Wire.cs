namespace Switchboard;

/// <summary>
/// The raw bytes of one connection, as an engine or a transport supplies them. <see cref="Connection"/> stands in front
/// of it and keeps the rules: at most one receive and one send run at a time. <see cref="Close"/> comes when nothing
/// runs; <see cref="Abort"/> at any time, and what is called after it ends with an exception. Only whoever writes a
/// transport meets this type.
/// </summary>
public abstract class Wire
{
    // Stands for whoever has been told: there is nothing more to tell.
    private static readonly Action Reported = static () => { };

    private Action? _whenStalled;

    /// <summary>This end's address.</summary>
    public abstract Endpoint Local { get; }

    /// <summary>The other end's address.</summary>
    public abstract Endpoint Remote { get; }

    /// <summary>Who the peer is, where the operating system vouches for it; otherwise null.</summary>
    public virtual PeerCredentials? PeerCredentials => null;

    /// <summary>Receives at least one byte; 0 means that the peer has finished sending.</summary>
    /// <param name="buffer">The caller's; the wire must not touch it after the call has ended. An empty one waits until
    /// there is something to receive, or the end, and returns 0.</param>
    /// <param name="cancellationToken">Ends the wait; bytes that had arrived stay for the next call.</param>
    /// <exception cref="ConnectionException">The peer or the network broke the connection.</exception>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Sends at least one byte, from the start of <paramref name="bytes"/>, and returns how many.</summary>
    /// <param name="bytes">Not empty; the caller's, untouched after the call has ended.</param>
    /// <param name="cancellationToken">Ends the wait; how much was sent is then unknown.</param>
    /// <exception cref="ConnectionException">The peer or the network broke the connection.</exception>
    public abstract ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Tells the peer that nothing more will be sent; receiving goes on.</summary>
    /// <exception cref="ConnectionException">The peer or the network broke the connection.</exception>
    public abstract ValueTask CompleteSendingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes the receive under way end with <see cref="OperationCanceledException"/>, or the next one if none is. No
    /// byte is lost, and the receive after that works again.
    /// </summary>
    public abstract void CancelReceive();

    /// <summary>
    /// Releases the wire after both ends have finished, or this end has waited long enough. Does nothing the second
    /// time, or after <see cref="Abort"/>.
    /// </summary>
    public abstract void Close();

    /// <summary>
    /// Ends the connection at once, so that the peer sees a reset and not an end where the transport can show one, and
    /// releases the wire. May be called
    /// while a receive or a send runs; those end with an exception. Does nothing the second time.
    /// </summary>
    public abstract void Abort();

    /// <summary>
    /// Runs a piece of work soon, where the wire completes what waits for it: an engine with loops of its own uses the
    /// wire's loop, others the thread pool. A wire around another passes this on.
    /// </summary>
    /// <param name="work">Executed once, never inside this call.</param>
    public virtual void Post(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: true);

    /// <summary>
    /// Calls back once, when code of this connection has first kept an engine's loop from the others; if it has done so
    /// already, soon.
    /// </summary>
    internal void WhenStalled(Action told)
    {
        if (Interlocked.CompareExchange(ref _whenStalled, told, null) == Reported)
        {
            Tell(told);
        }
    }

    /// <summary>Tells of the first stall. To be called by an engine, from any thread.</summary>
    private protected void ReportStall()
    {
        if (Interlocked.Exchange(ref _whenStalled, Reported) is { } told && told != Reported)
        {
            Tell(told);
        }
    }

    private static void Tell(Action told) =>
        ThreadPool.UnsafeQueueUserWorkItem(static told => told(), told, preferLocal: false);
}
