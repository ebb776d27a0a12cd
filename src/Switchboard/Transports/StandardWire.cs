namespace Switchboard.Transports;

/// <summary>
/// Receives from standard input and sends to standard output. Both stay the process's: only finishing closes the
/// output, so that whoever reads it sees the end.
/// </summary>
/// <param name="input">Standard input.</param>
/// <param name="output">Standard output.</param>
/// <param name="canHalfClose">Whether the output can be closed.</param>
/// <param name="finish">Closes the output.</param>
internal sealed class StandardWire(Stream input, Stream output, bool canHalfClose, Action finish)
    : StreamWire(Standard, Standard, input, output)
{
    private static readonly StandardEndpoint Standard = new();

    public override bool CanHalfClose => canHalfClose;

    protected override string NobodyReads => "nobody reads the standard output any more";

    public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken)
    {
        finish();
        return default;
    }

    protected override void Release(Stream input, Stream output, bool isAborted)
    {
        // A read may still run, and cannot be ended; it takes at most one buffer of input with it.
    }
}
