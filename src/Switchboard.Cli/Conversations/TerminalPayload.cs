using System.Text;

namespace Switchboard.Cli.Conversations;

/// <summary>Text for a terminal, with control characters shown and not obeyed.</summary>
/// <param name="output">Flushed after each piece.</param>
internal sealed class TerminalPayload(Stream output) : IPayload
{
    private readonly TerminalText _text = new();

    public ValueTask WriteAsync(ReadOnlyMemory<byte> piece) => ShowAsync(_text.Append(piece.Span));

    public ValueTask FinishAsync() => ShowAsync(_text.Finish());

    private async ValueTask ShowAsync(string text)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(text));
        await output.FlushAsync();
    }
}
