using System.Runtime.InteropServices;

namespace Switchboard.Transports;

/// <summary>Tells the standard streams that this process was given from those that were closed.</summary>
internal static class StandardDescriptors
{
    private const int Input = 0;
    private const int Output = 1;
    private const int GetFlags = 1;
    private const int ClosesAtExec = 1;

    /// <summary>
    /// With <c>&lt;&amp;-</c> the number is free when the process starts, and the runtime's next file gets it. Those
    /// close at exec; whatever was inherited does not, or it would not be here.
    /// </summary>
    public static bool AreGiven => OperatingSystem.IsWindows() || (IsGiven(Input) && IsGiven(Output));

    private static bool IsGiven(int descriptor) =>
        fcntl(descriptor, GetFlags) is >= 0 and var flags && (flags & ClosesAtExec) == 0;

#pragma warning disable IDE1006, SYSLIB1054 // The C name; source-generated marshalling would need unsafe code.
    [DllImport("libc", ExactSpelling = true)]
    private static extern int fcntl(int descriptor, int command);
#pragma warning restore IDE1006, SYSLIB1054
}
