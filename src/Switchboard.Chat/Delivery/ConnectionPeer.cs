using System.Security.Cryptography;

namespace Switchboard.Chat.Delivery;

/// <summary>A peer at the other end of a connection.</summary>
internal sealed class ConnectionPeer : IChatPeer, IAsyncDisposable
{
    // More than any line that can be understood, so that most that are too long get an answer and not an end.
    private const int MaxLineBytes = 16 * 1024;

    // The last words fit in when nothing else does any more.
    private const int Reserve = 1024;

    private static readonly Framing Lines = Framing.Lines(MaxLineBytes, LineEnding.CrLf);

    private readonly FramedConnection _frames;
    private readonly int _maxPendingBytes;
    private long _taken;
    private long _sent;

    public ConnectionPeer(Connection connection, int maxPendingBytes)
    {
        _maxPendingBytes = maxPendingBytes;
        _frames = connection.Frames(Lines);
        _taken = _sent = connection.GetStatistics().BytesSent;
        Host = HostOf(connection.Remote);
        IsEncrypted = connection.Tls is not null;
        Certificate = connection.Tls?.PeerCertificate is { } certificate
            ? Convert.ToHexStringLower(SHA256.HashData(certificate.RawDataMemory.Span))
            : null;
    }

    public string Host { get; }

    public bool IsEncrypted { get; }

    public string? Certificate { get; }

    public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken) =>
        _frames.ReceiveAsync(cancellationToken);

    public bool TrySend(ReadOnlyMemory<byte> line)
    {
        var taken = Interlocked.Add(ref _taken, line.Length + 2);
        return HasRoom(taken) && _frames.TrySend(line);
    }

    public void SendLast(ReadOnlyMemory<byte> line) => _frames.TrySend(line);

    public ValueTask DisposeAsync() => _frames.DisposeAsync();

    private bool HasRoom(long taken)
    {
        if (taken - Volatile.Read(ref _sent) <= _maxPendingBytes - Reserve)
        {
            return true;
        }

        // Only now and then, because asking costs more than a line does.
        var sent = _frames.Connection.GetStatistics().BytesSent;
        Volatile.Write(ref _sent, sent);
        return taken - sent <= _maxPendingBytes - Reserve;
    }

    private static string HostOf(Endpoint remote) => remote is HostEndpoint host
        ? Protocol.NameRules.CleanHost(host.Host)
        : "localhost";
}
