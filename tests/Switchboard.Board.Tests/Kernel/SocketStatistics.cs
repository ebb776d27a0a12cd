using System.Diagnostics;
using System.Text.RegularExpressions;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Board.Tests.Kernel;

/// <summary>What ss of iproute2 says of one socket.</summary>
/// <param name="line">The line that it printed.</param>
internal sealed partial class SocketStatistics(string line)
{
    public IReadOnlyList<string> Columns { get; } = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Asks ss with these arguments, whose answer is a line for each socket.</summary>
    public static async Task<IReadOnlyList<SocketStatistics>> AskAsync(params string[] question)
    {
        Programs.Require("ss");
        using var ss = Process.Start(new ProcessStartInfo("ss", question) { RedirectStandardOutput = true })!;
        var text = await ss.StandardOutput.ReadToEndAsync();
        await ss.WaitForExitAsync();
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new SocketStatistics(line))];
    }

    /// <summary>The value of a pair such as <c>rtt:0.05</c>; of <c>rtt:0.05/0.02</c> the first.</summary>
    public string Value(string name) =>
        Pairs().Matches(line).First(pair => pair.Groups[1].Value == name).Groups[2].Value;

    /// <summary>A part of what it says of memory, such as <c>rb</c>.</summary>
    public string Memory(string name) => Regex.Match(line, $@"skmem:\(.*?\b{name}(\d+)").Groups[1].Value;

    [GeneratedRegex(@"\b([a-z_]+):([0-9a-f.]+)")]
    private static partial Regex Pairs();
}
