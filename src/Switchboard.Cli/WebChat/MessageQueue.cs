using System.Net.WebSockets;
using System.Text;
using System.Text.Unicode;
using System.Threading.Channels;

namespace Switchboard.Cli.WebChat;

/// <summary>
/// Lines on their way into a WebSocket. Whoever takes them never waits and never sends: that goes on elsewhere, one
/// message after the other.
/// </summary>
/// <param name="socket">Only written to here.</param>
/// <param name="maxPendingBytes">How many bytes may wait.</param>
internal sealed class MessageQueue(WebSocket socket, int maxPendingBytes)
{
    // What a waiting line takes beside its text, so that many short ones are not for free.
    private const int OverheadBytes = 64;

    // The last words fit in when nothing else does any more.
    private const int ReserveBytes = 1024;

    private readonly Channel<byte[]> _lines =
        Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });

    private long _pendingBytes;

    /// <summary>As which kind of message lines are sent.</summary>
    public WebSocketMessageType Kind { get; set; }

    /// <returns>False when too much waits, or nothing is taken any more.</returns>
    public bool TryTake(ReadOnlySpan<byte> line) => TryTake(line, maxPendingBytes - ReserveBytes);

    public void TakeLast(ReadOnlySpan<byte> line)
    {
        TryTake(line, maxPendingBytes);
        _lines.Writer.TryComplete();
    }

    /// <summary>Takes no more.</summary>
    public void Complete() => _lines.Writer.TryComplete();

    /// <summary>Sends until all is sent that was taken before the end.</summary>
    public async Task SendAllAsync()
    {
        try
        {
            await SendAsync();
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException
            or InvalidOperationException)
        {
            // The peer is gone, or was let go; who receives from it hears why.
            _lines.Writer.TryComplete();
        }
    }

    private bool TryTake(ReadOnlySpan<byte> line, long room)
    {
        var cost = line.Length + OverheadBytes;
        if (Interlocked.Add(ref _pendingBytes, cost) <= room && _lines.Writer.TryWrite(Fitting(line)))
        {
            return true;
        }

        Interlocked.Add(ref _pendingBytes, -cost);
        return false;
    }

    /// <summary>Browsers leave a server that sends them text which is not UTF-8.</summary>
    private byte[] Fitting(ReadOnlySpan<byte> line) => Kind == WebSocketMessageType.Binary || Utf8.IsValid(line)
        ? line.ToArray()
        : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line));

    private async Task SendAsync()
    {
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            await socket.SendAsync(line.AsMemory(), Kind, endOfMessage: true, CancellationToken.None);
            Interlocked.Add(ref _pendingBytes, -(line.Length + OverheadBytes));
        }
    }
}
