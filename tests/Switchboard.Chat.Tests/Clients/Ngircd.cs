using System.Diagnostics;
using System.Globalization;
using Switchboard.Tests;

namespace Switchboard.Chat.Tests.Clients;

/// <summary>Somebody else's IRC server, on a free port of this machine, for as long as a test needs it.</summary>
internal sealed class Ngircd : IAsyncDisposable
{
    private const string Program = "ngircd";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder;
    private readonly Process _process;

    private Ngircd(string folder, Process process, Endpoint endpoint)
    {
        _folder = folder;
        _process = process;
        Endpoint = endpoint;
    }

    public Endpoint Endpoint { get; }

    /// <summary>Starts it; skips the test that runs if it is not installed.</summary>
    public static async Task<Ngircd> StartAsync()
    {
        var path = FindProgram();
        Assert.SkipUnless(path is not null, $"{Program} is not installed.");
        var folder = Directory.CreateTempSubdirectory("switchboard-ngircd-").FullName;
        var port = FreePort.Next();
        var configuration = Path.Combine(folder, "ngircd.conf");
        await File.WriteAllTextAsync(configuration, Configuration(port));
        var start = new ProcessStartInfo(path!, ["-n", "-f", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new Ngircd(folder, process, $"tcp://127.0.0.1:{port}");
        await server.WaitAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? FindProgram() =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, Program))
            .FirstOrDefault(File.Exists);

    private static string Configuration(int port) => string.Create(CultureInfo.InvariantCulture, $"""
        [Global]
        Name = irc.test.invalid
        Info = for a test
        Listen = 127.0.0.1
        Ports = {port}
        MotdPhrase = Good day
        [Limits]
        MaxConnectionsIP = 0
        MaxNickLength = 20
        [Options]
        DNS = no
        Ident = no
        PAM = no

        """);

    private async Task WaitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Assert.False(_process.HasExited, $"{Program} ended at once.");
            try
            {
                await (await Connection.ConnectAsync(Endpoint)).DisposeAsync();
                return;
            }
            catch (ConnectionRefusedException) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
            }
        }
    }
}
