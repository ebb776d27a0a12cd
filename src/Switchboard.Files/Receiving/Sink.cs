using System.Security.Cryptography;

namespace Switchboard.Files.Receiving;

/// <summary>Where one file's bytes go, and the digest of all that are there.</summary>
internal abstract class Sink : IDisposable
{
    protected IncrementalHash Digest { get; } = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many bytes are there, and in the digest.</summary>
    public long Bytes { get; protected set; }

    /// <summary>The digest so far; more may follow.</summary>
    public byte[] GetDigest() => Digest.GetCurrentHash();

    /// <summary>
    /// Stores a chunk and takes it into the digest, both on threads that nobody waits on: what comes next can be
    /// received meanwhile. One at a time.
    /// </summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        var storing = StoreAsync(chunk, cancellationToken).AsTask();
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Digest.AppendData(chunk.Span);
        await storing.ConfigureAwait(false);
        Bytes += chunk.Length;
    }

    /// <summary>Drops what is there: the sender has another file, and sends all of it.</summary>
    public abstract void Restart();

    /// <summary>Gives the file its name; it is whole and verified.</summary>
    /// <exception cref="TransferException">Something else has that name by now.</exception>
    public abstract ValueTask CommitAsync(CancellationToken cancellationToken);

    /// <summary>What is there is wrong.</summary>
    public abstract void Discard();

    public virtual void Dispose() => Digest.Dispose();

    protected abstract ValueTask StoreAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken);
}
