using System.Globalization;
using System.Text.RegularExpressions;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Transfers;

/// <summary>What two processes hold of a file that is far larger than they may become.</summary>
public sealed class TransferMemoryTests
{
    /// <summary>Both are debug builds, whose code alone takes about half of this.</summary>
    private const long MostResident = 160L << 20;

    /// <summary>
    /// In MiB; the environment may ask for more. A file of holes: nothing is read from a disk, and all of it is sent.
    /// </summary>
    private static readonly int Size = int.Parse(
        Environment.GetEnvironmentVariable("SWITCHBOARD_MIB") ?? "256", CultureInfo.InvariantCulture);

    [Fact]
    public async Task However_long_a_file_is_neither_end_holds_more_than_pieces_of_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The most memory of a process stands in /proc.");
        using var folder = new TempFolder();
        var inbox = Directory.CreateDirectory(Path.Combine(folder.Path, "inbox")).FullName;
        var ticket = Path.Combine(folder.Path, "ticket");
        var path = Path.Combine(folder.Path, "holes");
        using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.SetLength(file, (long)Size << 20);
        }

        await using var receive = RunningProgram.StartSwitchboard("receive", "--into", inbox, "--ticket-file", ticket);
        await receive.Error.WaitForLineAsync("Receiving into");
        await using var send = RunningProgram.StartSwitchboard("send", path, "--ticket-file", ticket);
        var most = 0L;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        while (Math.Max(MostOf(send.Id), MostOf(receive.Id)) is > 0 and var now)
        {
            most = Math.Max(most, now);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }

        Assert.Equal((0, 0), (await send.ExitAsync(), await receive.ExitAsync()));
        Assert.Equal((long)Size << 20, new FileInfo(Path.Combine(inbox, "holes")).Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Size} MiB sent, {most >> 20} MiB held by one end at most");
        Assert.InRange(most, 1, MostResident);
    }

    /// <summary>The most memory that a process has had, in bytes; 0 when it has ended.</summary>
    private static long MostOf(int process)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{process}/status");
            var most = Regex.Match(status, @"^VmHWM:\s+(\d+) kB$", RegexOptions.Multiline);
            return most.Success ? long.Parse(most.Groups[1].ValueSpan, CultureInfo.InvariantCulture) << 10 : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
