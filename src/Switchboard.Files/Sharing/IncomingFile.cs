using Switchboard.Files.Names;
using Switchboard.Files.Storing;

namespace Switchboard.Files;

/// <summary>A file on its way into a <see cref="SharedFolder"/>. Without a commit it leaves nothing.</summary>
public sealed class IncomingFile : IDisposable
{
    private readonly OfferedName _name;
    private readonly TargetTree _tree;
    private readonly Partial _partial;
    private bool _committed;

    internal IncomingFile(OfferedName name, TargetTree tree)
    {
        _name = name;
        _tree = tree;
        try
        {
            _partial = tree.OpenPartial(name);
            RandomAccess.SetLength(_partial.Handle, 0);
        }
        catch
        {
            _partial?.Dispose();
            tree.Dispose();
            throw;
        }
    }

    /// <summary>How many bytes came.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="TransferException">The disk is full, or does not take them.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        try
        {
            await RandomAccess.WriteAsync(_partial.Handle, bytes, Bytes, cancellationToken).ConfigureAwait(false);
            Bytes += bytes.Length;
        }
        catch (Exception error) when (StorageErrors.Is(error))
        {
            throw StorageErrors.Explain(error, _name.Text);
        }
    }

    /// <summary>All of it came: it gets its name once the disk has it.</summary>
    /// <exception cref="TransferException">Something has that name by now, or the disk is full.</exception>
    public void Commit()
    {
        try
        {
            _committed = _partial.TryCommit();
        }
        catch (Exception error) when (StorageErrors.Is(error))
        {
            throw StorageErrors.Explain(error, _name.Text);
        }

        if (!_committed)
        {
            throw AlreadyThere(_name.Text);
        }
    }

    /// <summary>Deletes it, unless it was committed.</summary>
    public void Dispose()
    {
        if (!_committed)
        {
            _partial.Delete();
        }

        _partial.Dispose();
        _tree.Dispose();
    }

    internal static TransferException AlreadyThere(string name) => new(
        TransferFailure.AlreadyThere, $"\"{name}\" is there already, and nothing is replaced.", name);
}
