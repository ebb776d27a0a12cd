using Switchboard.Files.Protocol;
using Switchboard.Files.Storing;
using Switchboard.Files.Transfers;

namespace Switchboard.Files.Receiving;

/// <summary>A file of the target, unfinished until it is committed.</summary>
internal sealed class FileSink : Sink
{
    private readonly Partial _partial;
    private readonly Entry _entry;

    private FileSink(Partial partial, Entry entry) => (_partial, _entry) = (partial, entry);

    /// <summary>Opens an unfinished file, and takes in what an earlier transfer left of it.</summary>
    public static async ValueTask<FileSink> OpenAsync(
        TargetTree tree, Entry entry, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The sink owns it.
        var sink = new FileSink(tree.OpenPartial(entry.Name), entry);
#pragma warning restore CA2000
        try
        {
            var length = RandomAccess.GetLength(sink._partial.Handle);
            sink.Bytes = await FileDigest.AppendAsync(sink.Digest, sink._partial.Handle, length, cancellationToken)
                .ConfigureAwait(false);
            return sink;
        }
        catch
        {
            sink.Dispose();
            throw;
        }
    }

    public override void Restart()
    {
        if (Bytes > 0)
        {
            RandomAccess.SetLength(_partial.Handle, 0);
            _ = Digest.GetHashAndReset();
            Bytes = 0;
        }
    }

    public override async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        // A disk may take seconds to flush, and the loop has other connections.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (!_partial.TryCommit(_entry.Traits))
        {
            throw new TransferException(
                TransferFailure.AlreadyThere,
                $"\"{_entry.Name}\" has been made by somebody else meanwhile; what was received is in "
                + $"\"{Partial.NameFor(_entry.Name.Parts[^1])}\".",
                _entry.Name.Text);
        }
    }

    public override void Discard() => _partial.Delete();

    public override void Dispose()
    {
        _partial.Dispose();
        base.Dispose();
    }

    protected override ValueTask StoreAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken) =>
        RandomAccess.WriteAsync(_partial.Handle, chunk, Bytes, cancellationToken);
}
