using System.Text;

namespace Switchboard.Files.Names;

/// <summary>
/// The name of a file or folder as the two ends exchange it: parts with a slash between them. There is no instance
/// that breaks <see cref="NameRules"/>, so whoever holds one may make files of it below a folder.
/// </summary>
internal sealed class OfferedName
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private OfferedName(string text, string[] parts) => (Text, Parts) = (text, parts);

    /// <summary>All of it, without anything that a terminal would obey.</summary>
    public string Text { get; }

    /// <summary>The folders, outermost first, and the name itself at the end; at least one.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>How many bytes it takes between the ends.</summary>
    public int Bytes => Strict.GetByteCount(Text);

    /// <exception cref="TransferException">The name breaks a rule; the text shows both safely.</exception>
    public static OfferedName Parse(string text)
    {
        var parts = text.Split(NameRules.Separator);
        return NameRules.ProblemOf(text, parts) is { } problem ? throw Refused(text, problem) : new(text, parts);
    }

    /// <summary>Reads what a peer sent.</summary>
    /// <exception cref="TransferException">As for text; or it is no UTF-8.</exception>
    public static OfferedName Parse(ReadOnlySpan<byte> utf8)
    {
        string text;
        try
        {
            text = Strict.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw Refused(Encoding.UTF8.GetString(utf8), "is no UTF-8");
        }

        return Parse(text);
    }

    public override string ToString() => Text;

    public int Encode(Span<byte> destination) => Strict.GetBytes(Text, destination);

    private static TransferException Refused(string text, string problem)
    {
        var shown = SafeName.Show(text);
        return new TransferException(
            TransferFailure.NameRefused, $"The name \"{shown}\" is refused: it {problem}.", shown);
    }
}
