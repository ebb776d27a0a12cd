namespace Switchboard.Connections;

/// <summary>
/// The frames of a connection, one after the other. Frames that are at hand cost no asynchronous method each.
/// </summary>
internal sealed class FrameSequence(FramedConnection frames, CancellationToken stopping)
    : IAsyncEnumerable<ReadOnlyMemory<byte>>
{
    public IAsyncEnumerator<ReadOnlyMemory<byte>> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Enumerator(frames, cancellationToken.CanBeCanceled ? cancellationToken : stopping);

    private sealed class Enumerator : IAsyncEnumerator<ReadOnlyMemory<byte>>
    {
        private readonly FramedConnection _frames;
        private readonly CancellationToken _stopping;
        private readonly Func<ReadOnlyMemory<byte>?, bool> _show;

        public Enumerator(FramedConnection frames, CancellationToken stopping)
        {
            _frames = frames;
            _stopping = stopping;
            _show = Show;
        }

        public ReadOnlyMemory<byte> Current { get; private set; }

        public ValueTask<bool> MoveNextAsync()
        {
            if (!_frames.TryBeginReceive(out var frame))
            {
                return _frames.WaitForFrameAsync(_show, _stopping);
            }

            Current = frame;
            return new(true);
        }

        public ValueTask DisposeAsync() => default;

        private bool Show(ReadOnlyMemory<byte>? frame)
        {
            Current = frame.GetValueOrDefault();
            return frame.HasValue;
        }
    }
}
