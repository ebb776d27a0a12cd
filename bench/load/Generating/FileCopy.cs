using System.Diagnostics;
using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Generating;

/// <summary>Has two programs bring a file from one to the other, and sees that it arrived.</summary>
/// <param name="folder">Where the files are; in memory, so that no disk is measured.</param>
/// <param name="cores">Both programs may use all of them.</param>
internal sealed class FileCopy(string folder, Cores cores)
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(5);

    /// <exception cref="CopyFailedException">It did not arrive.</exception>
    public CopySample Measure(CopyKind kind, SourceFile source)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, "received")).FullName;
        try
        {
            var sample = Copy(kind, source.Path, target);
            source.Compare(Path.Combine(target, Path.GetFileName(source.Path)), kind.Name);
            return sample;
        }
        finally
        {
            Directory.Delete(target, recursive: true);
            File.Delete(target + ".ticket");
        }
    }

    private CopySample Copy(CopyKind kind, string from, string target)
    {
        var port = FreePort.Take();
        var to = Path.Combine(target, Path.GetFileName(from));
        using var receiver = Start($"{kind.Name}'s receiver", kind.Receiver, kind.WritesOutput ? $"> '{to}'" : "");
        WaitUntilListening(receiver, port);
        var start = Stopwatch.GetTimestamp();
        using var sender = Start($"{kind.Name}'s sender", kind.Sender, kind.ReadsInput ? $"< '{from}'" : "");
        var senderCpu = sender.WaitForEnd(MaxTime);
        var receiverCpu = receiver.WaitForEnd(MaxTime);
        return new CopySample(Stopwatch.GetElapsedTime(start), senderCpu, receiverCpu);

        TimedProgram Start(string name, IReadOnlyList<string> command, string redirection) =>
            TimedProgram.Start(name, command.Select(Fill), redirection, cores);

        string Fill(string part) => part
            .Replace(ServerKind.Port, $"{port}", StringComparison.Ordinal)
            .Replace(CopyKind.From, from, StringComparison.Ordinal)
            .Replace(CopyKind.To, to, StringComparison.Ordinal)
            .Replace(CopyKind.Folder, target, StringComparison.Ordinal);
    }

    // It takes one connection: one that tries would be that one.
    private static void WaitUntilListening(TimedProgram receiver, int port)
    {
        var row = $"0100007F:{port:X4} 00000000:0000 0A";
        var start = Stopwatch.GetTimestamp();
        while (!File.ReadAllText("/proc/net/tcp").Contains(row, StringComparison.Ordinal))
        {
            if (receiver.HasEnded || Stopwatch.GetElapsedTime(start) > MaxTime)
            {
                receiver.WaitForEnd(TimeSpan.Zero);
                throw new CopyFailedException("The receiver does not listen.");
            }

            Thread.Sleep(LookInterval);
        }
    }
}
