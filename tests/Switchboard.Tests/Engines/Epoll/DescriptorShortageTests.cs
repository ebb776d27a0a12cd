using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.InteropServices;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

/// <summary>An engine whose first use meets a process without descriptors.</summary>
[Collection(Alone.Name)]
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "Generated code would be unsafe code.")]
public class DescriptorShortageTests
{
    private const int OpenFiles = 7;
    private const int AlmostNone = 3;
    private const string StandardInput = "/proc/self/fd/0";

    [Fact]
    public async Task An_engine_that_could_not_start_harms_nobody_and_starts_later()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There are no such limits here.");
        var inputBefore = InputTarget();
        var closed = new IPEndPoint(IPAddress.Loopback, FreePort.Next());
        var engine = Engine.CreateEpoll(new EngineOptions());
        await ConnectErrorAsync(Engine.CreateEpoll(new EngineOptions()), closed);

        for (var attempt = 0; attempt < 3; attempt++)
        {
            Exception? error;
            Assert.Equal(0, GetLimit(OpenFiles, out var limit));
            Assert.Equal(0, SetLimit(OpenFiles, limit with { Soft = AlmostNone }));
            try
            {
                error = await ConnectErrorAsync(engine, closed);
            }
            finally
            {
                _ = SetLimit(OpenFiles, limit);
            }

            Assert.Contains("descriptors", error?.Message ?? "", StringComparison.Ordinal);
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(inputBefore, InputTarget());
        Assert.IsType<ConnectionRefusedException>(await ConnectErrorAsync(engine, closed));
        engine.Stop();
    }

    private static string? InputTarget() => File.Exists(StandardInput) || Directory.Exists(StandardInput)
        ? new FileInfo(StandardInput).LinkTarget
        : null;

    private static async Task<Exception?> ConnectErrorAsync(Engine engine, EndPoint remote) =>
        await Record.ExceptionAsync(async () => await engine.ConnectAsync(remote, CancellationToken.None).Soon());

    [DllImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetLimit(int resource, out Limit limit);

    [DllImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limit(nuint Soft, nuint Hard);
}
