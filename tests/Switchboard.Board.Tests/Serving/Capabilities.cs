using System.Runtime.InteropServices;

namespace Switchboard.Board.Tests.Serving;

/// <summary>What Linux lets a thread do: root's rights one by one.</summary>
internal static class Capabilities
{
    public const int NetworkAdministration = 12;

    // Of the third version: three words of rights below 32, those in force first, and three of the others.
    private const uint Version = 0x20080522;
    private const int Words = 6;

    /// <summary>Takes a right from the thread that calls, and from no other.</summary>
    public static void DropForThisThread(int capability)
    {
        uint[] thisThread = [Version, 0];
        var sets = new uint[Words];
        Assert.Equal(0, Get(thisThread, sets));
        sets[0] &= ~(1u << capability);
        Assert.Equal(0, Set(thisThread, sets));
    }

    [DllImport("libc", EntryPoint = "capget")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Get(uint[] thread, uint[] sets);

    [DllImport("libc", EntryPoint = "capset")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Set(uint[] thread, uint[] sets);
}
