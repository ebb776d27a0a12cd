using System.Net.Sockets;

namespace Switchboard.Datagrams;

/// <summary>
/// The sockets of one <see cref="DatagramSocket"/>, as an engine supplies them: one for each address that it is bound
/// to. At most one receive runs at a time, and any number of sends.
/// </summary>
/// <param name="remote">The only peer, of a connected socket; null for any.</param>
internal abstract class DatagramWire(DatagramAddress? remote)
{
    /// <summary>The only peer, of a connected socket; null for any.</summary>
    public DatagramAddress? Remote => remote;

    /// <summary>What the last receive has brought; to be read before the next one begins.</summary>
    public abstract ReceivedDatagram Received { get; }

    /// <summary>Receives one datagram.</summary>
    /// <returns>How many bytes are in the buffer.</returns>
    /// <exception cref="ConnectionException">The network has told of a datagram sent earlier.</exception>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Sends one datagram.</summary>
    /// <param name="bytes">The caller's, untouched after the call has ended.</param>
    /// <param name="destination">Where to; null for the peer of a connected socket.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract ValueTask SendAsync(
        ReadOnlyMemory<byte> bytes, DatagramAddress? destination, CancellationToken cancellationToken);

    /// <summary>Receives as many datagrams as are there, at least one.</summary>
    /// <param name="batch">Empty.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual async ValueTask ReceiveAsync(DatagramBatch batch, CancellationToken cancellationToken)
    {
        await ReceiveAsync(batch.SlotAt(0), cancellationToken).ConfigureAwait(false);
        batch.AddReceived(0, Received);
    }

    /// <summary>Sends what the batch holds from <see cref="DatagramBatch.Sent"/> on.</summary>
    public virtual async ValueTask SendAsync(DatagramBatch batch, CancellationToken cancellationToken)
    {
        while (batch.Sent < batch.Count)
        {
            var item = batch.ItemAt(batch.Sent);
            var destination = Remote is null ? item.Address : null;
            await SendAsync(batch.Memory.AsMemory(item.Offset, item.Length), destination, cancellationToken)
                .ConfigureAwait(false);
            batch.Sent++;
        }
    }

    /// <summary>Calls a function with each of the sockets, to set an option.</summary>
    /// <exception cref="ObjectDisposedException">They were closed.</exception>
    public abstract void Configure(Action<Socket> set);

    /// <summary>Releases the sockets; whatever waits ends with <see cref="ObjectDisposedException"/>.</summary>
    public abstract void Close();
}
