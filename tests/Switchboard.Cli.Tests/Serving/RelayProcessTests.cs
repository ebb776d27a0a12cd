using System.Security.Cryptography;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Serving;

/// <summary>The relay between programs that nobody here wrote.</summary>
public sealed class RelayProcessTests
{
    // Each sends its input, finishes sending, and prints what comes until the end.
    private static readonly Dictionary<string, (string Program, string Line)> Clients = new()
    {
        ["nc"] = ("nc.openbsd", "nc.openbsd -N 127.0.0.1 {0}"),
        ["ncat"] = ("ncat", "ncat 127.0.0.1 {0}"),
        ["socat"] = ("socat", "socat -t 60 - TCP:127.0.0.1:{0}"),
    };

    public static IEnumerable<TheoryDataRow<string, string>> Cases =>
        from client in Clients.Keys
        from engine in new[] { "epoll", "sockets" }
        select new TheoryDataRow<string, string>(client, engine);

    public RelayProcessTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "These programs are Linux's.");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_end_of_either_direction_passes(string client, string engine)
    {
        var (program, line) = Clients[client];
        Programs.Require(program);
        Programs.Require("socat");
        Programs.Require("rev");

        // It answers only when its input has ended, so the end has to pass before the answer can.
        await using var target = RunningProgram.Start("socat", "-dd", "TCP-LISTEN:0,bind=127.0.0.1", "SYSTEM:tac|rev");
        var announced = await target.Error.WaitForLineAsync("listening on");
        var behind = $"127.0.0.1:{announced[(announced.LastIndexOf(':') + 1)..].Trim()}";
        await using var relay = RunningProgram.StartSwitchboard("relay", ":0", behind, "--engine", engine, "--json");
        var port = ((TcpEndpoint)await relay.EndpointAsync()).Port;
        await using var asking = RunningProgram.StartShell(
            "printf 'one\\ntwo\\n' | " + line.Replace("{0}", $"{port}", StringComparison.Ordinal));

        Assert.Equal(0, await asking.ExitAsync());
        Assert.Equal("owt\neno\n", asking.Output.Text);
        await relay.Output.WaitForLineAsync("\"event\":\"ended\"", "\"reason\":\"finished\"");
    }

    [Theory]
    [InlineData("epoll")]
    [InlineData("sockets")]
    public async Task A_large_file_passes_whole_from_a_unix_socket_to_TCP(string engine)
    {
        const int Pieces = 1024;
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "relay.sock");
        await using var listener = await Peer.TakePortAsync();
        await using var relay = RunningProgram.StartSwitchboard(
            "relay", $"unix:{path}", $"{listener.Local}", "--engine", engine, "--json");
        await relay.EndpointAsync();
        var sending = SendAsync($"unix:{path}", Pieces);
        await using var accepted = await listener.AcceptAsync(Deadline.Soon);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[256 * 1024];
        int count;
        while ((count = await accepted.ReceiveAsync(buffer, Deadline.Soon)) > 0)
        {
            hash.AppendData(buffer, 0, count);
        }

        Assert.Equal(await sending, Convert.ToHexString(hash.GetHashAndReset()));
    }

    [Fact]
    public async Task A_target_that_refuses_resets_the_client_and_is_told()
    {
        await using var relay = RunningProgram.StartSwitchboard("relay", ":0", ":1", "--json");
        var endpoint = await relay.EndpointAsync();

        // The reset may come before the connect has been looked at.
        await Assert.ThrowsAnyAsync<ConnectionException>(async () =>
        {
            await using var client = await Peer.ConnectAsync(endpoint);
            await Peer.HearAllAsync(client);
        });
        await relay.Output.WaitForLineAsync("\"event\":\"handler-failed\"", "refused");
        await relay.SignalAsync("TERM");
        Assert.Equal(0, await relay.ExitAsync());
    }

    [Theory]
    [InlineData("udp://:1", ":2")]
    [InlineData("memory:a", ":2")]
    public async Task What_cannot_be_joined_is_a_mistake_at_once(string from, string to)
    {
        await using var relay = RunningProgram.StartSwitchboard("relay", from, to);

        Assert.Equal(2, await relay.ExitAsync());
        Assert.StartsWith("error: ", relay.Error.Text, StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(Endpoint endpoint, int pieces)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[1024 * 1024];
        new Random(11).NextBytes(piece);
        await using var connection = await Peer.ConnectAsync(endpoint);
        for (var sent = 0; sent < pieces; sent++)
        {
            piece[0] = (byte)sent;
            hash.AppendData(piece);
            await connection.SendAsync(piece, Deadline.Soon);
        }

        await connection.CompleteSendingAsync(Deadline.Soon);
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
