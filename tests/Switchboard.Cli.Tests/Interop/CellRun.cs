using System.Text.Json;
using Switchboard.Board.Kernel;
using Switchboard.Cli.Holders;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Interop;

/// <summary>Runs one cell of the table in a folder of its own.</summary>
/// <param name="peer">The other program.</param>
/// <param name="cell">Who does what.</param>
internal sealed class CellRun(Peer peer, Cell cell) : IDisposable
{
    private const string Hello = "hello\n";
    private const string Reply = "reply\n";

    // The event says when the peer has finished; only then comes the answer.
    private const string AnswerWhenTold = """
        mkfifo forth back
        {
            while read -r event; do
                printf '%s\n' "$event" >>events
                case $event in *'"peer-finished"'*) break ;; esac
            done
            sleep "$DELAY"
            echo reply >&3
            exec 3>&-
            cat >>events
        } <forth 3>back &
        "$@" --json >forth <back
        exit=$?
        wait
        exit "$exit"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("switchboard-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What is wrong; null when all is well.</summary>
    public async Task<string?> RunAsync()
    {
        try
        {
            return await TalkAsync();
        }
        catch (TimeoutException)
        {
            return "hangs";
        }
    }

    private async Task<string?> TalkAsync()
    {
        WriteScripts();
        var address = Address.Free(cell.Family, _folder);
        if (cell.Role == Role.Connect)
        {
            await using var listening = StartPeer(address, Role.Listen);
            await using var connecting = StartOurs("connect", address.Endpoint, "--retry", "20");
            return await JudgeAsync(connecting, listening);
        }

        await using var ours = StartOurs("listen", address.Endpoint);
        await WaitUntilSomebodyListensAsync(address);
        await using var theirs = StartPeer(address, Role.Connect);
        return await JudgeAsync(ours, theirs);
    }

    // Asked of the system: a connection that tries would be taken for the peer's. A path has an owner a moment before
    // anybody listens there.
    private static async Task WaitUntilSomebodyListensAsync(Address address)
    {
        var patience = Deadline.Soon;
        while (HolderSearch.Find(Endpoint.Parse(address.Endpoint)).All(holder => holder.State != SocketState.Listen))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience);
        }
    }

    private void WriteScripts()
    {
        File.WriteAllText(Path.Combine(_folder, "talk.py"), Peers.PythonScript);
        File.WriteAllText(
            Path.Combine(_folder, "reply"), $"#!/bin/sh\ncat >got\nsleep {cell.Delay}\necho reply\n");
    }

    private RunningProgram StartPeer(Address address, Role role) => StartShell(
        cell.Replier == Replier.Peer ? peer.Reply(address, role) : $"echo hello | {peer.Send(address, role)}");

    private RunningProgram StartOurs(params string[] arguments) => StartShell(
        cell.Replier == Replier.Peer ? "echo hello | \"$@\"" : AnswerWhenTold,
        [RunningProgram.DotNet, RunningProgram.SwitchboardPath, .. arguments]);

    private RunningProgram StartShell(string script, params string[] arguments) =>
        RunningProgram.Start(
            "sh", ["-c", $"cd '{_folder}'; chmod +x reply; DELAY={cell.Delay}; {script}", "sh", .. arguments]);

    private async Task<string?> JudgeAsync(RunningProgram ours, RunningProgram theirs)
    {
        var ourExit = await ours.ExitAsync();
        var theirExit = await theirs.ExitAsync();
        var replied = (cell.Replier == Replier.Peer ? ours : theirs).Output.Text;
        var heard = await HeardAsync();
        string[] problems =
        [
            .. ourExit == 0 ? [] : new[] { $"we exit {ourExit}: {ours.Error.Text}" },
            .. theirExit == 0 ? [] : new[] { $"the peer exits {theirExit}: {theirs.Error.Text}" },
            .. heard == Hello ? [] : new[] { $"heard '{heard}'" },
            .. replied == Reply ? [] : new[] { $"the reply is '{replied}'" },
        ];
        return problems.Length == 0 ? null : string.Join("; ", problems);
    }

    private async Task<string> HeardAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        if (cell.Replier == Replier.Peer)
        {
            var got = Path.Combine(_folder, "got");
            return File.Exists(got) ? await File.ReadAllTextAsync(got, stop) : "";
        }

        var events = await File.ReadAllLinesAsync(Path.Combine(_folder, "events"), stop);
        return string.Concat(events
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(happened => happened.GetProperty("event").GetString() == "received")
            .Select(happened => happened.GetProperty("text").GetString()));
    }
}
