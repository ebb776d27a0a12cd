using System.Buffers;
using System.Text;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>Each piece as a line.</summary>
/// <param name="output">Flushed after each line.</param>
/// <param name="form">On a terminal a line stays one line whatever the frame holds; elsewhere it is the frame.</param>
internal sealed class LinePayload(Stream output, PayloadForm form) : IPayload
{
    private const byte LineFeed = (byte)'\n';

    private readonly ArrayBufferWriter<byte> _line = new();

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> piece)
    {
        _line.ResetWrittenCount();
        _line.Write(form == PayloadForm.Visible ? Encoding.UTF8.GetBytes(SafeText.Bytes(piece.Span)) : piece.Span);
        _line.Write([LineFeed]);
        await output.WriteAsync(_line.WrittenMemory);
        await output.FlushAsync();
    }

    public ValueTask FinishAsync() => ValueTask.CompletedTask;

    public bool TakeOpenLine() => false;
}
