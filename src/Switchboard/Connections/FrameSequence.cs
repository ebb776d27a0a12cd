using System.Runtime.CompilerServices;

namespace Switchboard.Connections;

/// <summary>
/// The frames of a connection, one after the other. Frames that are at hand cost no asynchronous method each.
/// </summary>
internal sealed class FrameSequence(FramedConnection frames, CancellationToken stopping)
    : IAsyncEnumerable<ReadOnlyMemory<byte>>
{
    public IAsyncEnumerator<ReadOnlyMemory<byte>> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Enumerator(frames, cancellationToken.CanBeCanceled ? cancellationToken : stopping);

    private sealed class Enumerator(FramedConnection frames, CancellationToken cancellationToken)
        : IAsyncEnumerator<ReadOnlyMemory<byte>>
    {
        public ReadOnlyMemory<byte> Current { get; private set; }

        public ValueTask<bool> MoveNextAsync()
        {
            var receiving = frames.ReceiveAsync(cancellationToken);
            return receiving.IsCompletedSuccessfully ? new(Show(receiving.Result)) : AwaitAsync(receiving);
        }

        public ValueTask DisposeAsync() => default;

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        private async ValueTask<bool> AwaitAsync(ValueTask<ReadOnlyMemory<byte>?> receiving) =>
            Show(await receiving.ConfigureAwait(false));

        private bool Show(ReadOnlyMemory<byte>? frame)
        {
            Current = frame.GetValueOrDefault();
            return frame.HasValue;
        }
    }
}
