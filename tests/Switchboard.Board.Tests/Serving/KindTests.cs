using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Switchboard.Board.Tests.Serving;

/// <summary>Sockets of which only the kernel tells, and that are no TCP: what a page is told of them.</summary>
public sealed class KindTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("switchboard-").FullName;

    public KindTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells of sockets like these.");

    private string PathA => Path.Combine(_folder, "a.sock");

    private string PathB => Path.Combine(_folder, "b.sock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_datagram_socket_is_shown_with_its_process_and_what_it_has_dropped()
    {
        using var receiver = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.ReceiveBufferSize = 4096;
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var at = $"{receiver.LocalEndPoint}";
        await using var board = await BoardRun.StartAsync();
        using var page = await board.OpenPageAsync();
        await page.AskAsync($"""
            "own":true,"kind":"udp","search":"{at}"
            """);
        var row = await page.FindRowAsync(
            row => TextOf(row, "local") == $"udp://{at}" && row.TryGetProperty("process", out _));
        await page.AskAsync($"""
            "kind":"udp","search":"{at}","selected":{row.GetProperty("n").GetInt64()}
            """);

        for (var sent = 0; sent < 100; sent++)
        {
            receiver.SendTo(new byte[1000], receiver.LocalEndPoint!);
        }

        var warned = await page.ReceiveUntilAsync("look", look => look.TryGetProperty("warnings", out var warnings)
            && warnings.EnumerateArray().Any(one => one.GetProperty("about").GetString() == $"udp://{at}"));
        var look = await page.ReceiveUntilAsync("look", look => look.TryGetProperty("kernel", out _));

        Assert.Equal("BOUND", row.GetProperty("state").GetString());
        Assert.Equal("", row.GetProperty("remote").GetString());
        Assert.Contains(
            $"(pid {Environment.ProcessId})", row.GetProperty("process").GetString(), StringComparison.Ordinal);
        Assert.Contains("datagrams-dropped", warned.GetProperty("warnings").GetRawText(), StringComparison.Ordinal);
        Assert.InRange(look.GetProperty("kernel").GetProperty("drops").GetInt64(), 1, 100);
    }

    [Fact]
    public async Task The_ends_of_a_unix_connection_are_shown_to_who_asks_for_that_kind_each_with_its_peer()
    {
        using var pair = UnixPair.Open(PathA);
        await using var board = await BoardRun.StartAsync();
        using var page = await board.OpenPageAsync();
        await page.AskAsync($"""
            "search":"{PathA}"
            """);
        Assert.Equal(0, page.Matching);
        await page.AskAsync($"""
            "kind":"unix","search":"{PathA}"
            """);

        var far = await page.FindRowAsync(row => TextOf(row, "local") == $"unix:{PathA}" && IsComplete(row));
        var near = await page.FindRowAsync(row => TextOf(row, "remote") == $"unix:{PathA}" && IsComplete(row));

        Assert.Equal(("unix:(unnamed)", "unix:(unnamed)"), (TextOf(far, "remote"), TextOf(near, "local")));
        Assert.Equal(("ESTABLISHED", "unix"), (TextOf(far, "state"), TextOf(near, "kind")));
    }

    [Fact]
    public async Task A_unix_connection_that_the_library_tells_of_is_not_shown_twice()
    {
        await using var board = await BoardRun.StartAsync();
        await using var server = await Server.StartAsync(
            $"unix:{PathA}", static (_, stopping) => Task.Delay(Timeout.Infinite, stopping));
        await using var connection = await Connection.ConnectAsync(server.Local);
        using var pair = UnixPair.Open(PathB);
        using var page = await board.OpenPageAsync();
        await page.AskAsync($"""
            "search":"{PathA}"
            """);
        await page.WaitAsync(() => page.Matching == 2);

        // Once the processes of these are known, those of the others are, too.
        await page.AskAsync($"""
            "kind":"unix","search":"{PathB}"
            """);
        await page.FindRowAsync(IsComplete);
        var look = await page.AskAsync($"""
            "kind":"unix","search":"{PathA}"
            """);

        Assert.Equal(2, look.GetProperty("rows").GetArrayLength());
        Assert.All(
            look.GetProperty("rows").EnumerateArray(), row => Assert.True(row.TryGetProperty("connection", out _)));
    }

    private static string TextOf(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static bool IsComplete(JsonElement row) => row.TryGetProperty("peerProcess", out var peer)
        && row.TryGetProperty("process", out var process)
        && peer.GetString() == process.GetString()
        && process.GetString()!.EndsWith($"(pid {Environment.ProcessId})", StringComparison.Ordinal);
}
