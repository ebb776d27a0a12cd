using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests.Lab;

/// <summary>What ss of iproute2 says of one socket.</summary>
/// <param name="line">As it prints it.</param>
internal sealed partial class StatisticsLine(string line)
{
    private readonly string[] _columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>As the page writes it.</summary>
    public string State => _columns[0] switch
    {
        "ESTAB" => "ESTABLISHED",
        var state => state.Replace("FIN-WAIT-", "FIN_WAIT", StringComparison.Ordinal).Replace('-', '_'),
    };

    public long ReceiveQueue => long.Parse(_columns[1], CultureInfo.InvariantCulture);

    public long SendQueue => long.Parse(_columns[2], CultureInfo.InvariantCulture);

    public string Text => line;

    /// <summary>A socket of TCP at this address, connected to that one or to whomever; null if there is none.</summary>
    public static async Task<StatisticsLine?> AskAsync(string local, string? remote, bool listens)
    {
        string[] options = ["-tinmpoeaOH", "src", "=", local];
        if (remote is not null)
        {
            options = [.. options, "dst", remote];
        }

        using var asked = Process.Start(new ProcessStartInfo("ss", options) { RedirectStandardOutput = true })!;
        var lines = (await asked.StandardOutput.ReadToEndAsync().Soon())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await asked.WaitForExitAsync().Soon();
        var found = lines.FirstOrDefault(each => each.StartsWith("LISTEN", StringComparison.Ordinal) == listens);
        return found is null ? null : new StatisticsLine(found);
    }

    /// <summary>What stands behind a name: <c>segs_out:12</c>; null if it is not told.</summary>
    public string? this[string name] => Pairs().Matches(line)
        .FirstOrDefault(match => match.Groups[1].Value == name)?.Groups[2].Value;

    [GeneratedRegex(@"\b([a-z_]+):([0-9a-f./]+)")]
    private static partial Regex Pairs();
}
