using System.Net.Security;
using System.Net.Sockets;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports.Tls;

public class TlsEndingTests
{
    private static readonly TlsCertificate Certificate = TlsCertificate.CreateSelfSigned();

    [Fact]
    public async Task Bytes_that_came_before_a_truncation_are_handed_out_and_then_it_is_an_error()
    {
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [Certificate] });
        using var socket = await ConnectAsync(trial.Port);
        await using var tls = await ShakeHandsAsync(socket);
        await using var server = await trial.Listener.AcceptAsync().Soon();
        await tls.WriteAsync("half"u8.ToArray());
        socket.Shutdown(SocketShutdown.Send);

        var received = new byte[4];
        await server.ReceiveExactlyAsync(received).Soon();
        Assert.Equal("half"u8.ToArray(), received);
        var error = await Assert.ThrowsAsync<TlsTruncatedException>(() => server.ReceiveAsync(received).Soon());
        Assert.Contains("without the peer's close_notify", error.Message, StringComparison.Ordinal);
        Assert.Equal(EndReason.NetworkFailed, await ReasonAsync(server));
    }

    [Fact]
    public async Task A_record_that_is_cut_in_the_middle_is_a_truncation()
    {
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [Certificate] });
        using var socket = await ConnectAsync(trial.Port);
        await using var tls = await ShakeHandsAsync(socket);
        await using var server = await trial.Listener.AcceptAsync().Soon();

        // The header of a record of application bytes, which do not come.
        await socket.SendAsync(new byte[] { 23, 3, 3, 0, 100, 1, 2, 3 });
        socket.Shutdown(SocketShutdown.Send);

        await Assert.ThrowsAsync<TlsTruncatedException>(() => server.ReceiveAsync(new byte[1]).Soon());
    }

    [Fact]
    public async Task A_close_notify_is_an_end_even_if_the_connection_below_goes_on()
    {
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [Certificate] });
        using var socket = await ConnectAsync(trial.Port);
        await using var tls = await ShakeHandsAsync(socket);
        await using var server = await trial.Listener.AcceptAsync().Soon();

        await tls.ShutdownAsync();

        Assert.Equal(0, await server.ReceiveAsync(new byte[1]).Soon());
        await server.SendAsync("still"u8.ToArray()).Soon();
        var reply = new byte[5];
        await tls.ReadExactlyAsync(reply).AsTask().Soon();
        Assert.Equal("still"u8.ToArray(), reply);
    }

    [Fact]
    public async Task Closing_needs_no_close_notify_of_the_peer()
    {
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [Certificate] });
        using var socket = await ConnectAsync(trial.Port);
        await using var tls = await ShakeHandsAsync(socket);
        var server = await trial.Listener.AcceptAsync().Soon();

        var closing = server.DisposeAsync();
        Assert.Equal(0, await tls.ReadAsync(new byte[1]).AsTask().Soon());
        socket.Shutdown(SocketShutdown.Send);
        await closing.Soon();

        Assert.Equal(EndReason.Finished, (await server.Closed).Reason);
    }

    [Fact]
    public async Task A_peer_that_has_finished_and_gone_is_closed_in_order()
    {
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [Certificate] });
        using var socket = await ConnectAsync(trial.Port);
        await using var tls = await ShakeHandsAsync(socket);
        var server = await trial.Listener.AcceptAsync().Soon();
        await tls.ShutdownAsync();
        socket.Close();
        Assert.Equal(0, await server.ReceiveAsync(new byte[1]).Soon());

        await server.DisposeAsync().Soon();

        Assert.Equal(EndReason.Finished, (await server.Closed).Reason);
    }

    [Fact]
    public async Task Bytes_that_are_no_records_break_the_connection_with_an_error_of_TLS()
    {
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [Certificate] });
        using var socket = await ConnectAsync(trial.Port);
        await using var tls = await ShakeHandsAsync(socket);
        await using var server = await trial.Listener.AcceptAsync().Soon();

        await socket.SendAsync((byte[])[23, 3, 3, 0, 40, .. new byte[40]]);

        var error = await Assert.ThrowsAsync<TlsException>(() => server.ReceiveAsync(new byte[1]).Soon());
        Assert.Equal("receive", error.Operation);
    }

    private static async Task<EndReason> ReasonAsync(Connection connection)
    {
        await connection.DisposeAsync().Soon();
        return (await connection.Closed).Reason;
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", port);
        return socket;
    }

    private static async Task<SslStream> ShakeHandsAsync(Socket socket)
    {
        var tls = new SslStream(new NetworkStream(socket));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
#pragma warning disable CA5359 // The peer is this test.
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
        }).Soon();
        return tls;
    }
}
