using System.Text;
using System.Threading.Channels;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Serving;

/// <summary>A way in that is no connection.</summary>
internal sealed class LinePeer : IChatPeer
{
    private readonly Channel<string> _toServer = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _fromServer = Channel.CreateUnbounded<string>();

    public string Host => "elsewhere";

    public bool IsEncrypted => true;

    public string? Certificate { get; init; }

    public void Send(params string[] lines)
    {
        foreach (var line in lines)
        {
            _toServer.Writer.TryWrite(line);
        }
    }

    public void Finish() => _toServer.Writer.Complete();

    public async Task<string> WaitForAsync(string part)
    {
        string line;
        do
        {
            line = await _fromServer.Reader.ReadAsync().Soon();
        }
        while (!line.Contains(part, StringComparison.Ordinal));

        return line;
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (await _toServer.Reader.WaitToReadAsync(cancellationToken) && _toServer.Reader.TryRead(out var line))
        {
            return Encoding.UTF8.GetBytes(line);
        }

        return null;
    }

    public bool TrySend(ReadOnlyMemory<byte> line) => _fromServer.Writer.TryWrite(Encoding.UTF8.GetString(line.Span));

    public void SendLast(ReadOnlyMemory<byte> line) => TrySend(line);
}
