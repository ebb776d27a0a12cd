using System.Net;
using Microsoft.Win32.SafeHandles;

namespace Switchboard.Board.Lab.Calls;

/// <summary>A descriptor of a lesson under its name, and what the lesson knows of it.</summary>
/// <param name="name">Unique in its lesson.</param>
/// <param name="owner">The actor that made it.</param>
/// <param name="kind">What it stands for.</param>
/// <param name="descriptor">Its number, or -1 when making it has failed.</param>
internal sealed class LabSocket(string name, string owner, LabSocketKind kind, int descriptor) : IDisposable
{
    public string Name { get; } = name;

    public string Owner { get; } = owner;

    public LabSocketKind Kind { get; } = kind;

    /// <summary>-1 once it is closed: a call with it fails as it does in any program.</summary>
    public int Descriptor { get; private set; } = descriptor;

    /// <summary>The same for who asks the kernel.</summary>
    public SafeFileHandle Handle { get; private set; } = new(descriptor, ownsHandle: false);

    public IPEndPoint? Local { get; set; }

    public IPEndPoint? Remote { get; set; }

    public bool IsListening { get; set; }

    /// <summary>
    /// Whether the lesson asked for calls that do not wait. Here none of them do, but that is not its matter.
    /// </summary>
    public bool IsNonBlocking { get; set; }

    public bool IsClosed => Descriptor < 0;

    public Flow? Outgoing { get; set; }

    public Flow? Incoming { get; set; }

    /// <summary>The other end, if it is a socket of the same lesson.</summary>
    public LabSocket? Peer { get; set; }

    /// <summary>Whether its cable is cut: nothing that is sent to it arrives.</summary>
    public bool IsCut { get; set; }

    /// <summary>Whether each of its bytes goes out by a send of its own.</summary>
    public bool IsSliced { get; set; }

    /// <summary>What encrypts what is sent here; null for nothing.</summary>
    public TlsSide? Tls { get; set; }

    /// <summary>The shared memory that it stands for.</summary>
    public LabMemory? Memory { get; init; }

    /// <summary>The file that it stands for or was opened from.</summary>
    public string? Path { get; init; }

    /// <summary>How many datagrams the kernel had no room for.</summary>
    public long Drops { get; private set; }

    /// <summary>Whether the kernel has thrown datagrams away since this was asked last.</summary>
    public bool HasDroppedMore()
    {
        var before = Drops;
        Drops = KernelSight.DropsOf(this);
        return Drops > before;
    }

    /// <summary>Closes it for good: no call on it will ever reach another descriptor of this number.</summary>
    public long Close()
    {
        if (Kind == LabSocketKind.Tcp && !IsCut)
        {
            // A delay has an end, and nobody could end it for a socket that no program has any more.
            _ = PacketFilter.LetPass(this);
        }

        var number = Descriptor;
        Descriptor = -1;
        Handle.Dispose();
        Handle = new SafeFileHandle(-1, ownsHandle: false);
        return Kind is LabSocketKind.Memory or LabSocketKind.Name ? 0 : SystemCalls.Close(number);
    }

    public void Dispose()
    {
        if (!IsClosed)
        {
            Close();
        }

        Handle.Dispose();
        Tls?.Dispose();
        Memory?.Dispose();
    }
}
