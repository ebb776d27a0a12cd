using System.Runtime.InteropServices;

namespace Switchboard.Board.Kernel;

/// <summary>The kernel refused to answer.</summary>
#pragma warning disable CA1064 // It becomes words before it leaves the board.
internal sealed class KernelException(string what, int error)
#pragma warning restore CA1064
    : Exception($"Failed to {what}: {Marshal.GetPInvokeErrorMessage(error)}.")
{
    /// <summary>Its error number.</summary>
    public int Error => error;

    /// <param name="what">What was tried: behind "Failed to".</param>
    public static KernelException OfLastCall(string what) => new(what, Marshal.GetLastPInvokeError());
}
