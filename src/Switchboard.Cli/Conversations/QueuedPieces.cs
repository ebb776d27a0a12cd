using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Switchboard.Cli.Conversations;

/// <summary>Pieces that wait for one of many peers. Its bound is what a slow peer may cost in memory.</summary>
internal sealed class QueuedPieces : IPieces
{
    private const int MaxPieces = 16;

    private readonly Channel<byte[]> _pieces = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(MaxPieces) { SingleReader = true, SingleWriter = true });

    /// <summary>Puts a piece at the end; waits while the queue is full.</summary>
    /// <returns>False when there will never be room: the peer is gone, or the pieces are complete.</returns>
    public async ValueTask<bool> AddAsync(byte[] piece, CancellationToken cancellationToken)
    {
        while (await _pieces.Writer.WaitToWriteAsync(cancellationToken))
        {
            if (_pieces.Writer.TryWrite(piece))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>No more pieces: the reader ends after the last one, and nothing is taken any more.</summary>
    public void Complete() => _pieces.Writer.TryComplete();

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync(
        [EnumeratorCancellation] CancellationToken stopping)
    {
        await foreach (var piece in _pieces.Reader.ReadAllAsync(stopping))
        {
            yield return piece;
        }
    }
}
