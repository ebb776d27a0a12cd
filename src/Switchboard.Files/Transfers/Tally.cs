namespace Switchboard.Files.Transfers;

/// <summary>Counts a transfer and tells whoever wants to know.</summary>
/// <param name="progress">Told after every piece; may be null.</param>
/// <param name="files">All files.</param>
/// <param name="bytes">All their bytes; null if nobody knows.</param>
internal sealed class Tally(IProgress<TransferProgress>? progress, int files, long? bytes)
{
    private string _name = "";

    public int FilesDone { get; private set; }

    public long BytesDone { get; private set; }

    public long BytesResumed { get; private set; }

    public void Begin(string name, long bytesResumed)
    {
        _name = name;
        BytesDone += bytesResumed;
        BytesResumed += bytesResumed;
        Tell();
    }

    public void Add(long count)
    {
        BytesDone += count;
        Tell();
    }

    public void End()
    {
        FilesDone++;
        Tell();
    }

    public TransferResult ToResult(TimeSpan elapsed) => new(FilesDone, BytesDone, BytesResumed, elapsed);

    private void Tell() =>
        progress?.Report(new TransferProgress(_name, FilesDone, files, BytesDone, BytesResumed, bytes));
}
