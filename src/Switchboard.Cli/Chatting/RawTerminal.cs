using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Chatting;

/// <summary>
/// The terminal with every key handed on at once, and nothing echoed. Disposing it gives the terminal back as it was.
/// </summary>
internal sealed class RawTerminal : IDisposable
{
    // More than any system's structure has; its content is the system's business.
    private const int RoomForSettings = 256;
    private const int Now = 0;

    private readonly byte[] _before;
    private readonly byte[] _raw;

    private RawTerminal(byte[] before)
    {
        _before = before;
        _raw = [.. before];
        MakeRaw(_raw);
        Renew();
#pragma warning disable CA2000 // The descriptor is the process's: it stays open until the end.
        Keys = new FileStream(
            new SafeFileHandle(StandardDescriptors.Input, ownsHandle: false), FileAccess.Read, bufferSize: 0);
#pragma warning restore CA2000
    }

    /// <summary>What is typed, as the terminal encodes it.</summary>
    public Stream Keys { get; }

    /// <summary>Takes the terminal; null where that cannot be done.</summary>
    public static RawTerminal? TryOpen()
    {
        var settings = new byte[RoomForSettings];
        return !OperatingSystem.IsWindows() && Get(StandardDescriptors.Input, settings) == 0
            ? new RawTerminal(settings)
            : null;
    }

    /// <summary>Takes it again, after somebody else had it.</summary>
    public void Renew() => _ = Set(StandardDescriptors.Input, Now, _raw);

    public void Dispose() => _ = Set(StandardDescriptors.Input, Now, _before);

#pragma warning disable SYSLIB1054 // What would be generated is unsafe code, and this is a matter of three calls.
    [DllImport("libc", EntryPoint = "tcgetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Get(int descriptor, byte[] settings);

    [DllImport("libc", EntryPoint = "tcsetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Set(int descriptor, int when, byte[] settings);

    [DllImport("libc", EntryPoint = "cfmakeraw")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void MakeRaw(byte[] settings);
#pragma warning restore SYSLIB1054
}
