using System.Net.Security;
using System.Security.Authentication;

namespace Switchboard.Board.Lab.Calls;

/// <summary>
/// One side of TLS without a socket: it says which bytes to send, and is told which ones came, so that a lesson can
/// make each call by itself.
/// </summary>
internal sealed class TlsSide : IDisposable
{
    private const int PlainBytes = 16 * 1024;
    private const int RecordHeaderBytes = 5;

    // Nothing here waits for anybody: only a broken machine takes so long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TlsWire _wire = new();
    private readonly SslStream _tls;
    private readonly byte[] _plain = new byte[PlainBytes];
    private Task<int> _reading;

    private TlsSide(Func<SslStream, Task> greet)
    {
        _tls = new SslStream(_wire);
        _reading = ReadAfterAsync(greet(_tls));
        WaitUntilHungry();
    }

#pragma warning disable CA5398 // Of TLS 1.3 alone the flights are always the same.
    public static TlsSide Client() => new(
        tls => tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = SslProtocols.Tls13,
            AllowTlsResume = false,
#pragma warning disable CA5359 // The other side is in this very process, with a certificate made a moment ago.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
        }));

    public static TlsSide Server() => new(
        tls => tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = TlsCertificate.CreateSelfSigned().Certificate,
            EnabledSslProtocols = SslProtocols.Tls13,
            AllowTlsResume = false,
        }));
#pragma warning restore CA5398

    /// <summary>What the records in some bytes are, as far as anybody on the way can tell.</summary>
    public static string Name(ReadOnlySpan<byte> bytes)
    {
        var kinds = new List<string>();
        while (bytes.Length >= RecordHeaderBytes)
        {
            var length = (bytes[3] << 8) + bytes[4];
            kinds.Add(NameOfRecord(bytes));
            bytes = bytes[Math.Min(RecordHeaderBytes + length, bytes.Length)..];
        }

        return string.Join(" + ", kinds.Distinct());
    }

    /// <summary>Takes what is to be sent without being asked: the handshake.</summary>
    public byte[] TakeOutgoing() => _wire.TakeWritten();

    public byte[] Encrypt(byte[] plain)
    {
        _tls.Write(plain);
        return _wire.TakeWritten();
    }

    /// <summary>
    /// Takes bytes that came, and gives what they mean to the program; nothing while they are the handshake's.
    /// </summary>
    public byte[] Decrypt(ReadOnlyMemory<byte> bytes)
    {
        _wire.Feed(bytes);
        var plain = new List<byte>();
        WaitUntilHungry();
        while (_reading.IsCompletedSuccessfully && _reading.Result is > 0 and var count)
        {
            plain.AddRange(_plain.AsSpan(0, count));
            _reading = _tls.ReadAsync(_plain).AsTask();
            WaitUntilHungry();
        }

        return [.. plain];
    }

    public void Dispose()
    {
        _wire.End();
        _ = _reading.Exception;
        _tls.Dispose();
        _wire.Dispose();
    }

    private static string NameOfRecord(ReadOnlySpan<byte> bytes) => bytes[0] switch
    {
        20 => "change cipher spec",
        21 => "alert",
        22 when bytes.Length > RecordHeaderBytes => bytes[RecordHeaderBytes] switch
        {
            1 => "client hello",
            2 => "server hello",
            _ => "handshake",
        },
        23 => "encrypted record",
        _ => "no TLS",
    };

    private async Task<int> ReadAfterAsync(Task greeting)
    {
        await greeting.ConfigureAwait(false);
        return await _tls.ReadAsync(_plain).ConfigureAwait(false);
    }

    private void WaitUntilHungry()
    {
        if (Task.WaitAny([_reading, _wire.Hungry], Patience) < 0)
        {
            throw new AuthenticationException("TLS neither goes on nor asks for more.");
        }
    }
}
