using System.IO.Pipes;

namespace Switchboard.Transports;

/// <summary>A connected named pipe of the framework's. Its end is the end both ways.</summary>
internal sealed class PipeStreamWire(PipeEndpoint pipe, PipeStream stream) : StreamWire(pipe, pipe, stream, stream)
{
    public override bool CanHalfClose => false;

    public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{pipe} cannot half-close.");

    protected override void Release(Stream input, Stream output, bool isAborted) => input.Dispose();
}
