using System.Net.Sockets;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports.Tls;

public class TlsListenerTests
{
    private static readonly TlsCertificate Certificate = TlsCertificate.CreateSelfSigned();
    private static readonly TlsConnectOptions Pinned = new() { Pin = Certificate.Fingerprint };

    [Fact]
    public async Task A_handshake_that_stalls_delays_nobody_and_ends_at_its_deadline()
    {
        var clock = new ManualClock();
        await using var trial = await TlsTrial.StartAsync(
            new() { Certificates = [Certificate] }, new ConnectionOptions { TimeProvider = clock });
        using var silent = await ConnectAsync(trial.Port);

        // The start of a ClientHello that claims more than comes.
        using var half = await ConnectAsync(trial.Port);
        await half.SendAsync(new byte[] { 22, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3 });

        for (var others = 0; others < 5; others++)
        {
            var (client, server) = await trial.ConnectBothAsync(Pinned);
            client.Abort();
            server.Abort();
        }

        await clock.WaitForTimersAsync(2).Soon();
        clock.Advance(TimeSpan.FromSeconds(11));
        await Waiting.UntilAsync(() => trial.Failures.Count == 2);

        Assert.All(trial.Failures, error =>
        {
            var timeout = Assert.IsType<ConnectionTimeoutException>(error);
            Assert.Equal(TimeoutPhase.Handshake, timeout.Phase);
            Assert.Equal(TimeSpan.FromSeconds(10), timeout.Limit);
        });
        Assert.Equal(2, trial.Listener.GetStatistics().PassedOver);
        await ExpectEndAsync(silent);
        await ExpectEndAsync(half);
    }

    [Fact]
    public async Task Only_so_many_shake_hands_at_once_and_the_next_waits()
    {
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [Certificate], MaxHandshakes = 1 });
        var silent = await ConnectAsync(trial.Port);
        var connecting = trial.ConnectAsync(Pinned);
        var accepting = trial.Listener.AcceptAsync().AsTask();
        Assert.False(accepting.IsCompleted);

        silent.Dispose();

        (await accepting.Soon()).Abort();
        (await connecting).Abort();
        Assert.Equal(TlsFailure.EndedByPeer, ((TlsException)await trial.FailureAsync()).Failure);
    }

    [Fact]
    public async Task Plain_bytes_are_named_and_end_nothing_else()
    {
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [Certificate] });
        using var plain = await ConnectAsync(trial.Port);
        await plain.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());

        var error = Assert.IsType<TlsException>(await trial.FailureAsync());

        Assert.Equal(TlsFailure.NotTls, error.Failure);
        Assert.Contains("it began with \"GET / HTTP/1.1..\"", error.Message, StringComparison.Ordinal);
        await ExpectEndAsync(plain);
        var (client, server) = await trial.ConnectBothAsync(Pinned);
        client.Abort();
        server.Abort();
    }

    [Fact]
    public async Task A_client_names_the_server_that_does_not_speak_TLS()
    {
        await using var listener = await Listener.BindAsync("tcp://127.0.0.1:0");
        var connecting = Connection.ConnectAsync(
            listener.Local, new ConnectOptions { Tls = Pinned });
        await using var server = await listener.AcceptAsync().Soon();
        await server.SendAsync("220 mail ready\r\n"u8.ToArray());

        var error = await Assert.ThrowsAsync<TlsException>(() => connecting.Soon());

        Assert.Equal(TlsFailure.NotTls, error.Failure);
        Assert.Contains("220 mail ready", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing_runs_into_the_timeout_of_connecting()
    {
        var clock = new ManualClock();
        await using var listener = await Listener.BindAsync("memory:says-nothing");
        var connecting = Connection.ConnectAsync(listener.Local, new ConnectOptions
        {
            Tls = Pinned,
            Connection = new ConnectionOptions { TimeProvider = clock },
        });
        await using var server = await listener.AcceptAsync().Soon();
        await server.ReceiveAsync(Memory<byte>.Empty).Soon();

        clock.Advance(TimeSpan.FromSeconds(5));

        var error = await Assert.ThrowsAsync<ConnectionTimeoutException>(() => connecting.Soon());
        Assert.Equal(TimeoutPhase.Handshake, error.Phase);
    }

    [Fact]
    public async Task Disposing_ends_handshakes_and_resets_who_was_not_accepted()
    {
        var trial = await TlsTrial.StartAsync(new() { Certificates = [Certificate] });
        using var silent = await ConnectAsync(trial.Port);
        var client = await trial.ConnectAsync(Pinned);

        await trial.DisposeAsync();

        await ExpectEndAsync(silent);
        await Assert.ThrowsAnyAsync<ConnectionException>(() => client.ReceiveAsync(new byte[1]).Soon());
        client.Abort();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => trial.Listener.AcceptAsync().Soon());
    }

    [Fact]
    public async Task A_server_is_told_of_handshakes_that_failed_and_goes_on()
    {
        var observer = new HandshakeObserver();
        await using var server = await Server.StartAsync(
            "tls://127.0.0.1:0",
            async (connection, stopping) => await connection.SendAsync("hi"u8.ToArray(), stopping),
            new ServerOptions
            {
                Listen = new ListenOptions { Tls = new() { Certificates = [Certificate] } },
                Observer = observer,
            });
        using var plain = await ConnectAsync(((TlsEndpoint)server.Local).Port);
        await plain.SendAsync("hello, are you there?\n"u8.ToArray());

        var error = Assert.IsType<TlsException>(await observer.Failed.Task.Soon());

        Assert.Equal(TlsFailure.NotTls, error.Failure);
        var options = new ConnectOptions { Tls = Pinned };
        await using var client = await Connection.ConnectAsync(server.Local, options).Soon();
        Assert.Equal("hi"u8.ToArray(), await client.ReceiveToEndAsync(10).Soon());
        Assert.Equal(1, server.GetStatistics().Accepted);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 0)]
    public async Task Limits_that_would_let_nobody_in_are_refused(int maxHandshakes, int seconds) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => TlsTrial.StartAsync(new()
        {
            Certificates = [Certificate],
            MaxHandshakes = maxHandshakes,
            HandshakeTimeout = TimeSpan.FromSeconds(seconds),
        }));

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", port);
        return socket;
    }

    private static async Task ExpectEndAsync(Socket socket)
    {
        try
        {
            var rest = new byte[1024];
            while (await socket.ReceiveAsync(rest).Soon() > 0)
            {
            }
        }
        catch (SocketException error)
        {
            Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        }
    }

    private sealed class HandshakeObserver : ServerObserver
    {
        public TaskCompletionSource<ConnectionException> Failed { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void HandshakeFailed(ConnectionException error) => Failed.TrySetResult(error);
    }
}
