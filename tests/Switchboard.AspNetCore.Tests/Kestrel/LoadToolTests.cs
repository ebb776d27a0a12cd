using System.Diagnostics;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>Many requests at once, from programs that nobody here wrote.</summary>
public sealed class LoadToolTests
{
    public static TheoryData<WebTransport, bool> Ours => new(
        from transport in WebTransports.Ours
        from tls in (bool[])[false, true]
        select new TheoryDataRow<WebTransport, bool>(transport, tls));

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task H2load_gets_every_answer_over_HTTP_2(WebTransport transport, bool tls)
    {
        await using var run = await WebRun.StartAsync(
            transport, EchoApplication.RunAsync, kestrel => kestrel.ListenWith("2.0", tls));

        var said = await RunAsync("h2load", "-n", "5000", "-c", "20", "-m", "20", run.Address);

        Assert.Contains("5000 succeeded, 0 failed, 0 errored, 0 timeout", said, StringComparison.Ordinal);
        Assert.Contains("5000 2xx", said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task Wrk_meets_no_error_over_HTTP_1(WebTransport transport, bool tls)
    {
        await using var run = await WebRun.StartAsync(
            transport, EchoApplication.RunAsync, kestrel => kestrel.ListenWith("1.1", tls));

        // It counts an answer as an error that takes longer than it waits: for 2 s, unless it is told.
        var said = await RunAsync("wrk", "-t", "1", "-c", "50", "-d", "3s", "--timeout", "60s", run.Address);

        Assert.Matches("[1-9][0-9]* requests in", said);
        Assert.DoesNotContain("Socket errors", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Non-2xx", said, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        Assert.SkipUnless(IsInstalled(program), $"{program} is not installed.");
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().Soon();
        await process.WaitForExitAsync().Soon();
        Assert.True(process.ExitCode == 0, output + await errors);
        return output;
    }

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
