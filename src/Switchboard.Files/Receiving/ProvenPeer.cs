using Switchboard.Files.Protocol;

namespace Switchboard.Files.Receiving;

/// <summary>A sender that has proven the ticket. Disposing it closes its connection in order.</summary>
/// <param name="connection">Owned.</param>
/// <param name="frames">Owned.</param>
internal sealed class ProvenPeer(Connection connection, FramedConnection frames) : IAsyncDisposable
{
    public Conversation Conversation { get; } = new(connection, frames, Wording.MaxFrameBytes);

    public void Abort() => connection.Abort();

    public async ValueTask DisposeAsync()
    {
        await frames.DisposeAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
