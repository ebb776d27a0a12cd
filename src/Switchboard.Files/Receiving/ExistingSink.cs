using Microsoft.Win32.SafeHandles;
using Switchboard.Files.Names;
using Switchboard.Files.Storing;
using Switchboard.Files.Transfers;

namespace Switchboard.Files.Receiving;

/// <summary>
/// A file that is there under its final name: nothing is written, and the digest tells whether it is the one.
/// </summary>
internal sealed class ExistingSink : Sink
{
    private readonly OfferedName _name;
    private readonly SafeFileHandle _file;

    private ExistingSink(OfferedName name, SafeFileHandle file) => (_name, _file) = (name, file);

    public static async ValueTask<ExistingSink> OpenAsync(
        TargetTree tree, OfferedName name, CancellationToken cancellationToken)
    {
        var sink = new ExistingSink(name, tree.OpenToRead(name));
        try
        {
            sink.Bytes = await FileDigest.AppendAsync(sink.Digest, sink._file, long.MaxValue, cancellationToken)
                .ConfigureAwait(false);
            return sink;
        }
        catch
        {
            sink.Dispose();
            throw;
        }
    }

    public override void Restart() => throw Differs();

    public override ValueTask CommitAsync(CancellationToken cancellationToken) => default;

    public override void Discard() => throw Differs();

    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }

    protected override ValueTask StoreAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken) =>
        throw Differs();

    private TransferException Differs() => new(
        TransferFailure.AlreadyThere,
        $"\"{_name}\" is there already, as long as the one that is sent, but with other bytes. Nothing is replaced.",
        _name.Text);
}
