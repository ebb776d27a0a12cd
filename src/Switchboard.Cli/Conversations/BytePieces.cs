using System.Runtime.CompilerServices;

namespace Switchboard.Cli.Conversations;

/// <summary>The bytes of a stream, as they come.</summary>
/// <param name="input">Read by nobody else. A read that runs when the wait ends goes on; its bytes are lost.</param>
internal sealed class BytePieces(Stream input) : IPieces
{
    private const int BufferBytes = 64 * 1024;

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync(
        [EnumeratorCancellation] CancellationToken stopping)
    {
        var buffer = new byte[BufferBytes];
        while (true)
        {
            // A read of the terminal cannot be cancelled, only left alone.
            var count = await input.ReadAsync(buffer, stopping).AsTask().WaitAsync(stopping);
            if (count == 0)
            {
                yield break;
            }

            yield return buffer.AsMemory(0, count);
        }
    }
}
