using System.Text.Json;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Interop;

/// <summary>The clients of the tutorials, as the tutorials write them, against the services of <c>up</c>.</summary>
public sealed class TutorialTests
{
    [Fact]
    public async Task Netcat_gets_its_greeting_reversed()
    {
        Programs.Require("nc.openbsd");

        Assert.Equal("!dlrow ,olleH", await AskAsync("reverse", "printf 'Hello, world!' | nc.openbsd -N localhost $1"));
    }

    [Fact]
    public async Task Pythons_socket_connects_sends_receives_and_then_receives_nothing() => Assert.Equal(
        "b'olleH' b''\n",
        await AskPythonAsync("reverse", """
            client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            client.connect(('127.0.0.1', int(sys.argv[1])))
            client.send(b'Hello')
            print(client.recv(1024), client.recv(1024))
            client.close()
            """));

    [Fact]
    public async Task Pythons_socket_is_greeted() => Assert.Equal(
        "Hello, Client! Welcome to the server.\n",
        await AskPythonAsync("greet", """
            client = socket.socket()
            client.connect(('localhost', int(sys.argv[1])))
            print(client.recv(1024).decode())
            client.close()
            """));

    private static Task<string> AskPythonAsync(string service, string program)
    {
        Programs.Require("python3");
        return AskAsync(service, $"python3 -c \"import socket, sys\n{program}\" $1");
    }

    /// <summary>Runs a line of shell, in which <c>$1</c> is the service's port, while <c>up</c> runs.</summary>
    private static async Task<string> AskAsync(string service, string line)
    {
        Programs.Require("sh");
        await using var up = RunningProgram.StartSwitchboard("up", "--port-base", "0", "--json");
        using var listening = JsonDocument.Parse(
            await up.Output.WaitForLineAsync("\"event\":\"listening\"", $"\"service\":\"{service}\""));
        var port = listening.RootElement.GetProperty("port").GetInt32();
        await using var client = RunningProgram.Start("sh", "-c", line, "sh", $"{port}");

        Assert.Equal(0, await client.ExitAsync());
        Assert.Equal("", client.Error.Text);
        return client.Output.Text;
    }
}
