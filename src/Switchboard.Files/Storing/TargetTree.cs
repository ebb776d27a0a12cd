using Microsoft.Win32.SafeHandles;
using Switchboard.Files.Names;

namespace Switchboard.Files.Storing;

/// <summary>The folder that is received into, and all below it. Names are checked, and no link is followed.</summary>
/// <param name="root">Owned from now on.</param>
internal sealed class TargetTree(IFolder root) : IDisposable
{
    public long FreeBytes => root.FreeBytes;

    /// <summary>The folder that a user has chosen.</summary>
    /// <exception cref="TransferException">It is not there, or must not be entered.</exception>
    public static TargetTree Open(string path)
    {
        try
        {
#pragma warning disable CA2000 // The tree owns it.
            return new TargetTree(OperatingSystem.IsLinux() ? LinuxFolder.Open(path) : PathFolder.Open(path));
#pragma warning restore CA2000
        }
        catch (Exception error) when (StorageErrors.Is(error))
        {
            throw new TransferException(
                TransferFailure.Denied, $"The folder cannot be used: {error.Message}", innerException: error);
        }
    }

    /// <summary>What is under a name already. A link or a file in the place of a folder is refused here.</summary>
    public Place Look(OfferedName name) => LookBelow(name.Parts);

    private Place LookBelow(IReadOnlyList<string> parts)
    {
        var folder = root;
        try
        {
            foreach (var part in parts.SkipLast(1))
            {
                if (folder.Look(part).Kind == PlaceKind.Nothing)
                {
                    return new Place(PlaceKind.Nothing, 0);
                }

                folder = LeaveFor(folder, folder.Enter(part));
            }

            return folder.Look(parts[^1]);
        }
        finally
        {
            Leave(folder);
        }
    }

    /// <summary>The folder of that name, made if it is not there.</summary>
    public void Make(OfferedName name) => Leave(Reach(name.Parts));

    /// <summary>The unfinished file that will get this name; its folders are made.</summary>
    public Partial OpenPartial(OfferedName name)
    {
        var folder = Reach([.. name.Parts.SkipLast(1)]);
        try
        {
            return new Partial(folder, name, isShared: folder == root);
        }
        catch
        {
            Leave(folder);
            throw;
        }
    }

    /// <summary>Whether an unfinished file of that name was left by an earlier transfer.</summary>
    public bool HasPartial(OfferedName name)
    {
        var parts = name.Parts;
        return LookBelow([.. parts.SkipLast(1), Partial.NameFor(parts[^1])]).Kind != PlaceKind.Nothing;
    }

    /// <summary>Opens a file that is there.</summary>
    public SafeFileHandle OpenToRead(OfferedName name)
    {
        var folder = Reach([.. name.Parts.SkipLast(1)]);
        try
        {
            return folder.OpenToRead(name.Parts[^1]);
        }
        finally
        {
            Leave(folder);
        }
    }

    public void Dispose() => root.Dispose();

    private IFolder Reach(IReadOnlyList<string> parts)
    {
        var folder = root;
        try
        {
            foreach (var part in parts)
            {
                if (folder.Look(part).Kind == PlaceKind.Nothing)
                {
                    folder.Make(part);
                }

                folder = LeaveFor(folder, folder.Enter(part));
            }

            return folder;
        }
        catch
        {
            Leave(folder);
            throw;
        }
    }

    private IFolder LeaveFor(IFolder folder, IFolder next)
    {
        Leave(folder);
        return next;
    }

    private void Leave(IFolder folder)
    {
        if (folder != root)
        {
            folder.Dispose();
        }
    }
}
