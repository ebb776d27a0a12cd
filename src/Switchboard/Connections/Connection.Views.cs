using System.IO.Pipelines;
using Switchboard.Connections;

namespace Switchboard;

public sealed partial class Connection
{
    /// <summary>
    /// The connection as a file. Reads return 0 at the peer's end, writes reach the operating system before they
    /// return, and flushing has nothing left to do. A write after <see cref="CompleteSendingAsync"/> throws; reads go
    /// on. Disposing the stream disposes the connection.
    /// </summary>
    public Stream AsStream() => new ConnectionStream(this, DisposeAsync);

    /// <summary>
    /// The receiving half as a pipe, with a buffer of its own: bytes it has read ahead are not seen by other receives.
    /// Completing it leaves the connection open.
    /// </summary>
    public PipeReader AsPipeReader() => new ConnectionPipeReader(this);

    /// <summary>
    /// The sending half as a pipe. Nothing is sent before a flush. Completing it finishes sending; completing it with
    /// an exception aborts the connection, so that nobody takes the part that was sent for the whole.
    /// </summary>
    public PipeWriter AsPipeWriter() => new ConnectionPipeWriter(this);
}
