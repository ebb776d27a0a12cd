using System.Runtime.CompilerServices;
using Switchboard.Observing;

namespace Switchboard;

public sealed partial class DatagramSocket
{
    // From the first batch on the kernel may join datagrams, and single receives take theirs from one of ours.
    private bool _receivesBatches;
    private DatagramBatch? _ahead;
    private int _taken;

    /// <summary>
    /// Receives as many datagrams as are there, at least one, with as few calls to the operating system as it allows.
    /// </summary>
    /// <param name="batch">Emptied first.</param>
    /// <param name="cancellationToken">Ends the wait. Nothing is lost, and the socket stays usable.</param>
    /// <returns>How many came.</returns>
    /// <inheritdoc cref="ReceiveAsync" path="/exception" />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveBatchAsync(DatagramBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TakeReceiveTurn();
        try
        {
            batch.Clear();
            _receivesBatches = true;
            if (_ahead is not null && _taken < _ahead.Count)
            {
                _taken += batch.Take(_ahead, _taken);
            }
            else
            {
                await Wire.ReceiveAsync(batch, cancellationToken).ConfigureAwait(false);
            }

            Count(batch);
            return batch.Count;
        }
        catch (Exception error)
        {
            throw Meaning(error, cancellationToken);
        }
        finally
        {
            _receiving.Release();
        }
    }

    /// <summary>
    /// Sends all datagrams of a batch, each to its address, with as few calls to the operating system as it allows. A
    /// batch that was received goes back to whom it came from. Many of one size to one address, next to each other, are
    /// cheapest.
    /// </summary>
    /// <param name="batch">
    /// Left as it is. After a failure <see cref="DatagramBatch.Sent"/> says how many were sent.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <exception cref="InvalidOperationException">A datagram has no address and the socket no peer.</exception>
    /// <inheritdoc cref="SendAsync" path="/exception" />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendBatchAsync(DatagramBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ThrowIfDisposed();
        for (var i = 0; i < batch.Count; i++)
        {
            ref readonly var item = ref batch.ItemAt(i);
            var destination = Wire.Remote is null ? item.Address ?? Peer : Peer;
            ThrowIfNowhere(destination, nameof(batch));
            ThrowIfTooLarge(item.Length, destination);
        }

        batch.Sent = 0;
        try
        {
            await Wire.SendAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            DatagramTotals.CountSent(batch.Sent);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReceivedDatagram> ReceiveAheadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var ahead = _ahead ??= new DatagramBatch(1, ushort.MaxValue);
            if (_taken >= ahead.Count)
            {
                _taken = 0;
                ahead.Clear();
                await Wire.ReceiveAsync(ahead, cancellationToken).ConfigureAwait(false);
            }

            var bytes = ahead[_taken];
            var received = ahead.Describe(_taken++);
            var length = Math.Min(bytes.Length, buffer.Length);
            bytes[..length].CopyTo(buffer);
            return Counted(
                received with { Length = length, IsTruncated = received.IsTruncated || length < bytes.Length });
        }
        catch (Exception error)
        {
            throw Meaning(error, cancellationToken);
        }
        finally
        {
            _receiving.Release();
        }
    }

    private static void Count(DatagramBatch batch)
    {
        DatagramTotals.CountReceived(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            ref readonly var item = ref batch.ItemAt(i);
            if (item.OriginalLength != item.Length)
            {
                DatagramTotals.CountTruncated();
            }
        }
    }
}
