using System.Net;
using Switchboard.Connections;

namespace Switchboard;

/// <summary>
/// The raw bytes of one connection, as an engine or a transport supplies them. <see cref="Connection"/> stands in front
/// of it and keeps the rules: at most one receive and one send run at a time. <see cref="Close"/> comes when nothing
/// runs; <see cref="Abort"/> at any time, and what is called after it ends with an exception. Only whoever writes a
/// transport meets this type.
/// </summary>
public abstract class Wire
{
    /// <summary>This end's address.</summary>
    public abstract Endpoint Local { get; }

    /// <summary>The other end's address.</summary>
    public abstract Endpoint Remote { get; }

    /// <summary>Who the peer is, where the operating system vouches for it; otherwise null.</summary>
    public virtual PeerCredentials? PeerCredentials => null;

    /// <summary>
    /// Whether this end can finish sending and go on receiving. Where it cannot, closing ends both ways, and nobody
    /// calls <see cref="CompleteSendingAsync"/>. Default true.
    /// </summary>
    public virtual bool CanHalfClose => true;

    /// <summary>What a TLS handshake agreed on; null where the bytes travel as they are.</summary>
    public virtual TlsDetails? Tls => null;

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

    /// <summary>Whether <see cref="Owner"/> is told how receives end that had to wait.</summary>
    internal virtual bool TellsOwner => false;

    /// <summary>
    /// Whether <see cref="Close"/>, after the peer's end, tells the peer that nothing more will come from here.
    /// </summary>
    internal virtual bool CloseCompletesSending => false;

    /// <summary>Whoever stands in front of this wire.</summary>
    internal IWireOwner? Owner { get; set; }

    /// <summary>
    /// A token whose cancellation its owner tells with <see cref="NoteCancellation"/>: where thousands of connections
    /// wait with the same one, they need not register with it one by one.
    /// </summary>
    internal virtual CancellationToken WatchedToken { get; set; }

    /// <summary>
    /// Whoever uses it does not mind if bytes that came with descriptors wait until the next ones come. A wire that has
    /// to look for such saves a system call for each receive.
    /// </summary>
    internal virtual void ExpectNoDescriptors()
    {
    }

    /// <summary>The watched token was cancelled: whatever waits with it ends.</summary>
    internal virtual void NoteCancellation()
    {
    }

    /// <summary>
    /// What bytes can pass through from this wire to another, within the kernel; the caller's, who disposes it. Null
    /// where they have to be copied, or for now, as there are only so many.
    /// </summary>
    internal virtual KernelBuffer? RentKernelBuffer(Wire target) => null;

    /// <summary>Receives at least one byte into an empty buffer that was rented here; 0 at the end.</summary>
    /// <exception cref="ConnectionException">The peer or the network broke the connection.</exception>
    internal virtual ValueTask<int> ReceiveIntoAsync(KernelBuffer buffer) => throw new NotSupportedException();

    /// <summary>Sends at least one byte of a buffer that was rented for this wire, and returns how many.</summary>
    /// <exception cref="ConnectionException">The peer or the network broke the connection.</exception>
    internal virtual ValueTask<int> SendFromAsync(KernelBuffer buffer) => throw new NotSupportedException();

    /// <summary>
    /// Gives up the socket underneath and closes the wire, without a word to the peer. To be called while nothing runs.
    /// </summary>
    /// <returns>The socket's descriptor, the caller's; null, and nothing was done, where there is none.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">No descriptor is left; nothing was done.</exception>
    internal virtual int? TakeDescriptor() => null;

    /// <summary>
    /// Gives the ends other names, for a transport whose endpoints are not the addresses of the sockets below it. To be
    /// called before anybody else has the wire.
    /// </summary>
    internal virtual void Rename(Endpoint local, Endpoint remote) =>
        throw new NotSupportedException($"The ends of {Local} -> {Remote} have the names that they have.");

    /// <summary>The peer's address as a number; null for a transport that has none.</summary>
    internal virtual IPAddress? RemoteAddress => (Remote as TcpEndpoint)?.Address;
}
