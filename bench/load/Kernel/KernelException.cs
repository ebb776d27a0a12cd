using System.Runtime.InteropServices;

namespace Switchboard.Bench.Load.Kernel;

/// <summary>A system call failed that had no reason to.</summary>
internal sealed class KernelException(string call, int error)
    : LoadException($"{call}: {Marshal.GetPInvokeErrorMessage(error)} (error {error}).")
{
    public int Error { get; } = error;

    public static KernelException Last(string call) => new(call, Marshal.GetLastPInvokeError());

    /// <returns>What was given, if it is no error.</returns>
    public static int Check(int result, string call) => result >= 0 ? result : throw Last(call);
}
