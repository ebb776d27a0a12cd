using System.Text;

namespace Switchboard.Cli.Conversations;

/// <summary>Text for a terminal, with control characters shown and not obeyed.</summary>
/// <param name="output">Flushed after each piece.</param>
internal sealed class TerminalPayload(Stream output) : IPayload
{
    private readonly TerminalText _text = new();
    private bool _lineIsOpen;

    public ValueTask WriteAsync(ReadOnlyMemory<byte> piece) => ShowAsync(_text.Append(piece.Span));

    public ValueTask FinishAsync() => ShowAsync(_text.Finish());

    public bool TakeOpenLine() => Interlocked.Exchange(ref _lineIsOpen, false);

    private async ValueTask ShowAsync(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        await output.WriteAsync(Encoding.UTF8.GetBytes(text));
        await output.FlushAsync();
        Volatile.Write(ref _lineIsOpen, !text.EndsWith('\n'));
    }
}
