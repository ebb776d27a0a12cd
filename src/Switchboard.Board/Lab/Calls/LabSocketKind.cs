namespace Switchboard.Board.Lab.Calls;

/// <summary>What a name of a lesson stands for.</summary>
internal enum LabSocketKind
{
    Tcp,
    Udp,

    /// <summary>One end of a pipe.</summary>
    Pipe,

    /// <summary>Shared memory, as one process sees it.</summary>
    Memory,

    /// <summary>A name in the file system.</summary>
    Name,
}
