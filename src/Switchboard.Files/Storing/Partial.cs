using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Switchboard.Files.Names;
using Switchboard.Files.Transfers;

namespace Switchboard.Files.Storing;

/// <summary>
/// An unfinished file: private, beside the place where it will be, under a name that says whose it is and that the same
/// file finds again. What was written stays when it is disposed.
/// </summary>
internal sealed class Partial : IDisposable
{
    private const int NameBytes = 10;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

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
    /// <param name="traits">What else of it is kept, where the disk can.</param>
    /// <returns>False if something else has that name by now.</returns>
    public bool TryCommit(FileTraits traits = default)
    {
        Keep(traits);
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

    private void Keep(FileTraits traits)
    {
        try
        {
            if (traits.Changed is { } changed)
            {
                File.SetLastWriteTimeUtc(Handle, changed);
            }

            if (!OperatingSystem.IsWindows())
            {
                // By the descriptor, and for this user alone, whatever else the sender's mode says.
                File.SetUnixFileMode(Handle, traits.IsExecutable ? FileMode | UnixFileMode.UserExecute : FileMode);
            }
        }
        catch (Exception error) when (StorageErrors.Is(error))
        {
            // A disk that has no modes, or no such times, still takes the file.
        }
    }

    /// <summary>Deletes it: what is in it is wrong.</summary>
    public void Delete()
    {
        if (!OperatingSystem.IsLinux())
        {
            // Windows deletes no file that is open.
            Handle.Dispose();
        }

        // While it is locked: afterwards the name may lead to what another receiver has begun.
        _folder.Delete(_name);
        Close();
    }

    public void Dispose()
    {
        Close();
        if (!_isShared)
        {
            _folder.Dispose();
        }
    }

    private void Close()
    {
        if (OperatingSystem.IsLinux() && !Handle.IsClosed)
        {
            LinuxCalls.Unlock(Handle);
        }

        Handle.Dispose();
    }
}
