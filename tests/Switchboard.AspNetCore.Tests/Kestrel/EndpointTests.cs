using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>Where Kestrel can listen.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The client disposes its handler, the server the socket.")]
public sealed class EndpointTests
{
    private static int _names;

    public static TheoryData<WebTransport> Ours => [.. WebTransports.Ours];

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task Memory_serves_whoever_connects_within_the_process(WebTransport transport)
    {
        var endpoint = new MemoryEndpoint(NewName());
        await using var run = await WebRun.StartAsync(
            transport, EchoApplication.RunAsync, kestrel => kestrel.ListenSwitchboard(endpoint));

        Assert.Equal("Hello, World!", await GetAsync(endpoint));
        Assert.Contains(endpoint.Name, run.Address, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task A_named_pipe_serves_this_machine(WebTransport transport)
    {
        var pipe = new PipeEndpoint(NewName());
        await using var run = await WebRun.StartAsync(
            transport, EchoApplication.RunAsync, kestrel => kestrel.Listen(new NamedPipeEndPoint(pipe.Name)));

        Assert.Equal("Hello, World!", await GetAsync(pipe));
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task A_name_is_listened_at_on_all_its_addresses(WebTransport transport)
    {
        await using var run = await WebRun.StartAsync(
            transport, EchoApplication.RunAsync, kestrel => kestrel.ListenSwitchboard("tcp://localhost:0"));

        Assert.StartsWith("http://localhost:", run.Address, StringComparison.Ordinal);
        Assert.Equal("Hello, World!", await GetAsync(new TcpEndpoint("localhost", run.Port)));
    }

    [Theory]
    [InlineData(WebTransport.Own)]
    [InlineData(WebTransport.Epoll)]
    public async Task A_socket_that_listens_already_is_taken_over(WebTransport transport)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Descriptors can be taken over on Linux only.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        var local = TcpEndpoint.From((IPEndPoint)socket.LocalEndPoint!);
        var descriptor = (ulong)socket.SafeHandle.DangerousGetHandle();
        socket.SafeHandle.SetHandleAsInvalid();
        await using var run = await WebRun.StartAsync(
            transport, EchoApplication.RunAsync, kestrel => kestrel.ListenHandle(descriptor));

        Assert.Equal("Hello, World!", await GetAsync(local));
    }

    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task A_port_that_is_taken_is_told_in_Kestrels_words(WebTransport transport)
    {
        await using var first = await WebRun.StartAsync(transport, EchoApplication.RunAsync);

        var error = await Assert.ThrowsAsync<IOException>(() => WebRun.StartAsync(
            transport, EchoApplication.RunAsync, kestrel => kestrel.Listen(IPAddress.Loopback, first.Port)));

        Assert.Equal(
            $"Failed to bind to address http://127.0.0.1:{first.Port}: address already in use.", error.Message);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_told_with_the_reason()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => WebRun.StartAsync(
            WebTransport.Sockets,
            EchoApplication.RunAsync,
            kestrel => kestrel.Listen(IPAddress.Parse("192.0.2.1"), 80)));

        Assert.Equal(
            "Failed to listen tcp://192.0.2.1:80: the address is not one of this machine's.", error.Message);
    }

    [Fact]
    public async Task TLS_below_Kestrel_is_refused_with_the_way_to_do_it()
    {
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => WebRun.StartAsync(
            WebTransport.Sockets, EchoApplication.RunAsync, kestrel => kestrel.ListenSwitchboard("tls://localhost:0")));

        Assert.Contains("UseHttps", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kestrels_options_with_TLS_of_ours_are_refused() => Assert.Throws<ArgumentException>(
        () => new SwitchboardTransportOptions
        {
            Listen = new() { Tls = new() { Certificates = [TlsCertificate.CreateSelfSigned()] } },
        });

    private static string NewName() => $"web-{Environment.ProcessId}-{Interlocked.Increment(ref _names)}";

    private static async Task<string> GetAsync(Endpoint endpoint)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
                (await Connection.ConnectAsync(endpoint, null, cancellationToken)).AsStream(),
        });
        return await client.GetStringAsync(new Uri("http://localhost/")).Soon();
    }
}
