using Microsoft.Playwright;
using Switchboard.Board.Tests.Lessons;
using Switchboard.Tests;

namespace Switchboard.Board.Tests.Lab;

/// <summary>A program of one's own as the server: the lesson's client makes its calls to it.</summary>
/// <param name="lab">A browser that all these tests share.</param>
public sealed class OwnServerTests(LabBrowser lab) : IClassFixture<LabBrowser>
{
    private const string Greeting = "Hello, world!";
    private const string Reversed = "!dlrow ,olleH";

    // Accepts and receives when it is told to, so that what lies in its queue can be seen there.
    private const string ServerOnCommand = """
        import socket, sys
        listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
        input()
        conn, peer = listener.accept()
        input()
        conn.sendall(conn.recv(1024)[::-1])
        input()
        conn.close()
        """;

    [Fact]
    public async Task What_the_page_gives_as_the_servers_program_serves_the_lessons_client()
    {
        var port = FreePort.Next();
        await using var visit = await lab.OpenAsync("hello");
        using var own = await OwnProgram.StartServerAsync(
            port, "python3", "-c", ProgramText.Python("hello", "server", port));

        await visit.UseOwnServerAsync(port);
        await PlayClientAsync(visit);

        Assert.Equal(0, await own.WaitForExitAsync());
        await visit.Page.GetByText("To remember:").WaitForAsync();
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("nc.openbsd", "-l", "127.0.0.1")]
    [InlineData("nc.traditional", "-l", "-s", "127.0.0.1", "-p")]
    [InlineData("ncat", "-l", "127.0.0.1")]
    public async Task A_netcat_serves_the_lessons_client(string program, params string[] arguments)
    {
        var port = FreePort.Next();
        await using var visit = await lab.OpenAsync("hello");
        using var own = await OwnProgram.StartServerAsync(port, program, [.. arguments, $"{port}"]);

        await visit.UseOwnServerAsync(port);
        await visit.StepAsync("c", calls: 1);
        await visit.StepAsync("c", calls: 2);
        await visit.StepAsync("c", calls: 3);
        Assert.Equal(Greeting, await own.ReadAsync(Greeting.Length));
        await ExpectQueueAsync(visit, "your program receives: 0 bytes");

        await visit.PressAsync("c");
        await Assertions.Expect(visit.Page.Locator(".program.client .line.waits")).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.Locator("#next")).ToBeDisabledAsync();
        await own.TypeAsync(Reversed);
        await Assertions.Expect(visit.Page.Locator(".program.client")).ToContainTextAsync($"= 13 \"{Reversed}\"");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Where_the_clients_bytes_are_is_seen_although_the_servers_calls_are_not()
    {
        var port = FreePort.Next();
        await using var visit = await lab.OpenAsync("hello");
        using var own = await OwnProgram.StartServerAsync(port, "python3", "-c", ServerOnCommand, $"{port}");
        var connection = visit.Page.Locator(".card.connection");
        await visit.UseOwnServerAsync(port);

        await visit.StepAsync("c", calls: 1);
        await visit.StepAsync("c", calls: 2);
        await Assertions.Expect(connection).ToContainTextAsync("in the queue");
        await visit.StepAsync("c", calls: 3);
        await ExpectQueueAsync(visit, "to be accepted: 13 bytes");
        await own.TypeAsync("\n");
        await ExpectQueueAsync(visit, "your program receives: 13 bytes");
        await Assertions.Expect(connection).ToContainTextAsync("your program");

        await own.TypeAsync("\n");
        await ExpectQueueAsync(visit, "your program receives: 0 bytes");
        await ExpectQueueAsync(visit, "s receives: 13 bytes");
        await Assertions.Expect(visit.Page.Locator(".lane.to-right .piece.foreign")).ToContainTextAsync(Reversed[..4]);
        await own.TypeAsync("\n");

        // Neither of them is in a queue of a listener: one has closed, and its kernel goes on for it.
        await Assertions.Expect(connection.Locator(".ends").First).ToContainTextAsync("FIN_WAIT2");
        await Assertions.Expect(connection).Not.ToContainTextAsync("in the queue");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_from_one_that_is()
    {
        await using var visit = await lab.OpenAsync("hello");
        await visit.UseOwnServerAsync(FreePort.Next());

        await visit.StepAsync("c", calls: 1);
        await visit.StepAsync("c", calls: 2);

        await Assertions.Expect(visit.Page.Locator(".what .result.bad")).ToContainTextAsync("ECONNREFUSED");
        await Assertions.Expect(visit.Page.Locator(".sentence")).ToContainTextAsync("nobody listens at that port");
    }

    private static async Task PlayClientAsync(LabVisitor visit)
    {
        for (var calls = 1; calls <= 3; calls++)
        {
            await visit.StepAsync("c", calls);
        }

        await visit.StepAsync("c", calls: 4);
        await Assertions.Expect(visit.Page.Locator(".program.client")).ToContainTextAsync($"= 13 \"{Reversed}\"");
        await visit.StepAsync("c", calls: 5);
    }

    private static Task ExpectQueueAsync(LabVisitor visit, string name) => Assertions.Expect(
        visit.Page.GetByRole(AriaRole.Img, new() { Name = name, Exact = true })).ToBeVisibleAsync();
}
