using System.Text;

namespace Switchboard.Chat.Clients;

/// <summary>One connection, in messages.</summary>
internal sealed class ChatLine : IAsyncDisposable
{
    private readonly FramedConnection _frames;
    private readonly TimeProvider _time;
    private long _heardAt;

    public ChatLine(Connection connection, ChatClientOptions options)
    {
        Connection = connection;
        _time = options.Time;
        _heardAt = _time.GetTimestamp();
        _frames = connection.Frames(Framing.Lines(options.MaxLineBytes, LineEnding.CrLf));
    }

    public Connection Connection { get; }

    /// <summary>Since when the server has been silent.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(Volatile.Read(ref _heardAt));

    /// <exception cref="ConnectionException">The connection is lost, or was closed.</exception>
    public async ValueTask SendAsync(ChatMessage message, CancellationToken cancellationToken = default)
    {
        try
        {
            await _frames.SendAsync(message.Encode(), cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException closed)
        {
            // A loss closes the line under whoever is about to send; to them it is the loss.
            throw new ConnectionException(
                "send", Connection.Local, Connection.Remote, "the connection is closed", closed);
        }
    }

    /// <summary>The next message; lines that are none are left out. Null when the server has finished.</summary>
    public async ValueTask<ChatMessage?> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (await _frames.ReceiveAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            Volatile.Write(ref _heardAt, _time.GetTimestamp());
            if (Read(line.Span) is { } message)
            {
                return message;
            }
        }

        return null;
    }

    /// <summary>Says that nothing more will come, and waits until the server has heard it, or time is over.</summary>
    public async ValueTask DisposeAsync()
    {
        await _frames.DisposeAsync().ConfigureAwait(false);
        await Connection.DisposeAsync().ConfigureAwait(false);
    }

    // Older clients write other encodings than UTF-8: what cannot be read of a line must not take the rest away.
    private static ChatMessage? Read(ReadOnlySpan<byte> line) =>
        ChatMessage.TryParse(line, out var message)
        || ChatMessage.TryParse(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line)), out message)
            ? message
            : null;
}
