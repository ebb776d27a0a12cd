using Microsoft.Win32.SafeHandles;

namespace Switchboard.Files.Storing;

/// <summary>
/// One folder of the target. Names are single parts of checked names, or our own. Whatever the system refuses is an
/// <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.
/// </summary>
internal interface IFolder : IDisposable
{
    /// <summary>How much this user may still write on its disk.</summary>
    long FreeBytes { get; }

    Place Look(string name);

    /// <summary>The folder of that name.</summary>
    /// <exception cref="IOException">It is not there, no folder, or a link to one.</exception>
    IFolder Enter(string name);

    /// <summary>Makes a folder for this user alone; nothing if there is something of that name already.</summary>
    void Make(string name);

    /// <summary>Opens an unfinished file of ours, or makes it, for this user alone.</summary>
    /// <exception cref="IOException">What is there is no file of ours, or another receiver has it open.</exception>
    SafeFileHandle OpenPartial(string name);

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="IOException">It is not there, no file, or a link to one.</exception>
    SafeFileHandle OpenToRead(string name);

    /// <summary>Gives a file its final name, in one step that replaces nothing.</summary>
    /// <returns>False if there is something of that name.</returns>
    bool TryRename(string from, string to);

    void Delete(string name);

    /// <summary>Has the disk remember the names.</summary>
    void Flush();
}
