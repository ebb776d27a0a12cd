using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Switchboard.Files.Names;

namespace Switchboard.Files.Storing;

/// <summary>
/// An unfinished file: private, beside the place where it will be, under a name that says whose it is and that the same
/// file finds again. What was written stays when it is disposed.
/// </summary>
internal sealed class Partial : IDisposable
{
    private const int NameBytes = 10;

    private readonly IFolder _folder;
    private readonly string _finalName;
    private readonly string _name;
    private readonly bool _isShared;

    /// <param name="folder">Where it is and will be.</param>
    /// <param name="name">What it will be called.</param>
    /// <param name="isShared">Whether the folder is somebody else's to dispose.</param>
    public Partial(IFolder folder, OfferedName name, bool isShared)
    {
        _folder = folder;
        _isShared = isShared;
        _finalName = name.Parts[^1];
        _name = NameFor(_finalName);
        Handle = folder.OpenPartial(_name);
    }

    public SafeFileHandle Handle { get; }

    /// <summary>How the unfinished file of a name is called: a digest, because names may be long.</summary>
    public static string NameFor(string finalName)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(finalName)).AsSpan(0, NameBytes);
        return $"{NameRules.OwnPrefix}{Convert.ToHexStringLower(digest)}.part";
    }

    /// <summary>
    /// Has the disk take in the bytes, and then gives the file its name; whoever sees that name sees all of it.
    /// </summary>
    /// <returns>False if something else has that name by now.</returns>
    public bool TryCommit()
    {
        RandomAccess.FlushToDisk(Handle);
        if (!OperatingSystem.IsLinux())
        {
            // Windows renames no file that is open.
            Handle.Dispose();
        }

        if (!_folder.TryRename(_name, _finalName))
        {
            return false;
        }

        _folder.Flush();
        return true;
    }

    /// <summary>Deletes it: what is in it is wrong.</summary>
    public void Delete()
    {
        Handle.Dispose();
        _folder.Delete(_name);
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux() && !Handle.IsClosed)
        {
            LinuxCalls.Unlock(Handle);
        }

        Handle.Dispose();
        if (!_isShared)
        {
            _folder.Dispose();
        }
    }
}
