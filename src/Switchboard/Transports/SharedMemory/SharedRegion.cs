using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Switchboard.Transports.SharedMemory;

/// <summary>
/// Memory that two processes have mapped: a page of counters, then the bytes of both rings. It has no name in any file
/// system, so nothing of it can be left over. Its size is sealed: a peer that shrank it would end this process with
/// SIGBUS.
/// </summary>
internal sealed class SharedRegion : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int Seals = MemoryCalls.SealShrinking | MemoryCalls.SealGrowing | MemoryCalls.SealTheSeals;
    private const int FileSystemBytes = 256;

    private readonly nuint _length;
    private readonly SafeFileHandle _file;

    private SharedRegion(nint address, int ringBytes, SafeFileHandle file)
        : base(ownsHandle: true)
    {
        _file = file;
        SetHandle(address);
        RingBytes = ringBytes;
        _length = (nuint)LengthFor(ringBytes);
    }

    /// <summary>How many bytes each of the two rings holds.</summary>
    public int RingBytes { get; }

    /// <summary>The number under which a peer finds it, until <see cref="CloseFile"/>.</summary>
    public int Descriptor => (int)_file.DangerousGetHandle();

    /// <summary>Makes memory for a peer to open.</summary>
    /// <exception cref="IOException">The system has no memory for it, or does not allow it.</exception>
    public static SharedRegion Create(int ringBytes)
    {
        var file = CreateFile();
        try
        {
            Check(MemoryCalls.SetLength(file, LengthFor(ringBytes)) == 0, "made as large as it has to be");

            var error = Allocate(file, LengthFor(ringBytes));
            Check(error == 0, "had", error);
            Check(MemoryCalls.Control(file, MemoryCalls.AddSeals, Seals) == 0, "sealed");
            return Map(file, ringBytes);
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Maps memory that another process has made.</summary>
    /// <param name="process">The one that made it.</param>
    /// <param name="descriptor">Its number there.</param>
    /// <param name="ringBytes">How much each ring holds.</param>
    /// <exception cref="IOException">It cannot be opened, or is not what it should be.</exception>
    public static SharedRegion Open(int process, int descriptor, int ringBytes)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd/{descriptor}\0");

        // Without waiting: whatever else may lie there, such as a pipe, must not keep this thread.
        const int Flags = MemoryCalls.OpenToReadAndWrite | MemoryCalls.OpenWithoutTerminal
            | MemoryCalls.OpenWithoutWaiting | MemoryCalls.OpenNotInherited;
        using var file = MemoryCalls.Open(Encoding.UTF8.GetBytes(path), Flags);
        Check(!file.IsInvalid, "opened");
        return IsSealed(file) && MemoryCalls.Seek(file, 0, MemoryCalls.SeekToEnd) == LengthFor(ringBytes)
            ? Map(file, ringBytes)
            : throw new IOException("it is no sealed memory of the size that was said");
    }

    /// <summary>The peer has opened it: nobody else is to. The memory stays until both ends have let go.</summary>
    public void CloseFile() => _file.Dispose();

    /// <summary>One of the two rings.</summary>
    /// <param name="index">0 or 1.</param>
    public unsafe RingMemory Ring(int index)
    {
        // Sound: both areas lie within the mapping, as LengthFor reckons it, and it cannot shrink.
        var start = (byte*)handle;
        return new RingMemory(
            start + (index * RingMemory.CounterBytes),
            start + (2 * RingMemory.CounterBytes) + ((long)index * RingBytes),
            RingBytes);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    protected override bool ReleaseHandle() => MemoryCalls.Unmap(handle, _length) == 0;

    private static long LengthFor(int ringBytes) => 2L * (RingMemory.CounterBytes + ringBytes);

    // Now, and not at the first touch, where a lack of memory would be a signal and not an error.
    private static int Allocate(SafeFileHandle file, long length)
    {
        int error;
        do
        {
            error = MemoryCalls.Allocate(file, 0, length);
        }
        while (error == MemoryCalls.Interrupted);

        return error;
    }

    private static SafeFileHandle CreateFile()
    {
        const uint Flags = MemoryCalls.CloseOnExec | MemoryCalls.AllowSealing;
        var file = MemoryCalls.CreateMemory("switchboard\0"u8, Flags | MemoryCalls.NeverExecutable);
        if (file.IsInvalid && Marshal.GetLastPInvokeError() == MemoryCalls.InvalidArgument)
        {
            // Linux before 6.3 does not know the third flag.
            file.Dispose();
            file = MemoryCalls.CreateMemory("switchboard\0"u8, Flags);
        }

        Check(!file.IsInvalid, "made");
        return file;
    }

    // Huge pages can be sealed, too, but a touch may find that there is none left.
    private static bool IsSealed(SafeFileHandle file)
    {
        var seals = MemoryCalls.Control(file, MemoryCalls.GetSeals, 0);
        Span<byte> fileSystem = stackalloc byte[FileSystemBytes];
        return seals >= 0 && (seals & Seals) == Seals
            && MemoryCalls.DescribeFileSystem(file, fileSystem) == 0
            && MemoryMarshal.Read<nint>(fileSystem) == MemoryCalls.OrdinaryMemory;
    }

    private static SharedRegion Map(SafeFileHandle file, int ringBytes)
    {
        var address = MemoryCalls.Map(
            0, (nuint)LengthFor(ringBytes), MemoryCalls.ProtectReadAndWrite, MemoryCalls.MapShared, file, 0);
        Check(address != MemoryCalls.MapFailed, "mapped");
        return new SharedRegion(address, ringBytes, file);
    }

    private static void Check(bool worked, string what, int? error = null)
    {
        if (!worked)
        {
            var number = error ?? Marshal.GetLastPInvokeError();
            throw new IOException($"it cannot be {what}: {Marshal.GetPInvokeErrorMessage(number)}");
        }
    }
}
