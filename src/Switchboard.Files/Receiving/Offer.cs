using Switchboard.Files.Names;
using Switchboard.Files.Protocol;

namespace Switchboard.Files.Receiving;

/// <summary>What a sender wants to send, checked: as a whole it is within the limits, and no name clashes.</summary>
internal sealed class Offer
{
    private Offer(List<Entry> entries) => Entries = entries;

    public IReadOnlyList<Entry> Entries { get; }

    public int Files => Entries.Count(entry => entry.Kind != EntryKind.Folder);

    /// <summary>All bytes; null if one is a stream.</summary>
    public long? Bytes => Entries.Any(entry => entry.Kind == EntryKind.Stream)
        ? null
        : Entries.Sum(entry => entry.Size);

    /// <param name="peer">Says what it offers.</param>
    /// <param name="options">What is taken.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TransferException">It is too much, or a name is refused.</exception>
    public static async ValueTask<Offer> ReceiveAsync(
        Conversation peer, FileReceiverOptions options, CancellationToken cancellationToken)
    {
        var limits = options.Limits;
        var count = CountOf(peer, await peer.ReceiveAsync(cancellationToken).ConfigureAwait(false));
        if (count > limits.MaxFiles)
        {
            throw TooMuch(Wording.NoIndex, $"{count} files are offered, and at most {limits.MaxFiles} are taken");
        }

        // Not as long as announced: memory is spent on what has come.
        var entries = new List<Entry>();
        var names = new NameSet();
        long nameBytes = 0;
        long bytes = 0;
        while (entries.Count < count)
        {
            var message = await peer.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            nameBytes += message.Length;
            if (nameBytes > limits.MaxNameBytes)
            {
                throw TooMuch(entries.Count, $"the names are longer than {limits.MaxNameBytes} bytes together");
            }

            var entry = Take(peer, message, names, entries.Count);
            bytes += Math.Max(0, Math.Min(entry.Size, long.MaxValue - bytes));
            entries.Add(entry);
            if (bytes > limits.MaxBytes)
            {
                throw TooMuch(entries.Count - 1, $"more than {limits.MaxBytes} bytes are offered");
            }
        }

        return new Offer(entries).ForOne(options);
    }

    private static int CountOf(Conversation peer, ReadOnlyMemory<byte> message) =>
        new MessageReader(peer.Connection, message.Span).Offer();

    private static Entry Take(Conversation peer, ReadOnlyMemory<byte> message, NameSet names, int index)
    {
        try
        {
            var entry = new MessageReader(peer.Connection, message.Span).Entry();
            names.Add(entry.Name, entry.Kind == EntryKind.Folder);
            return entry;
        }
        catch (TransferException error)
        {
            error.Index = index;
            throw;
        }
    }

    private Offer ForOne(FileReceiverOptions options)
    {
        if (options.FileName is null && options.Output is null)
        {
            return this;
        }

        if (Entries is not [{ Kind: not EntryKind.Folder } only])
        {
            throw TooMuch(Wording.NoIndex, $"one file is taken, and {Files} files and folders are offered");
        }

        return options.FileName is { } name ? new Offer([only with { Name = OfferedName.Parse(name) }]) : this;
    }

    private static TransferException TooMuch(int index, string problem) =>
        new(TransferFailure.TooMuch, $"The offer is refused: {problem}.") { Index = index };
}
