using System.ComponentModel;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>Shows a page in this user's browser.</summary>
internal static class Browser
{
    /// <summary>Asks the system to; where that fails, it is said, and nothing else is done.</summary>
    public static void Open(Uri url, EventLog log)
    {
        try
        {
            // Windows and macOS know which program opens an address; elsewhere xdg-open does.
            var start = OperatingSystem.IsLinux()
                ? new System.Diagnostics.ProcessStartInfo("xdg-open", [url.AbsoluteUri])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
                : new System.Diagnostics.ProcessStartInfo(url.AbsoluteUri) { UseShellExecute = true };
            using var opening = System.Diagnostics.Process.Start(start);
        }
        catch (Exception error) when (
            error is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            log.Say(SafeText.Line($"No browser could be opened ({error.Message}); open the address yourself."));
        }
    }
}
