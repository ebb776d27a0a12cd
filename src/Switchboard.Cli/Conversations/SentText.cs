using Switchboard.Cli.Failures;
using Switchboard.Cli.Options;

namespace Switchboard.Cli.Conversations;

/// <summary>The value of <c>--send</c>: text with escapes, or a file.</summary>
/// <param name="Bytes">The text's bytes; empty for a file.</param>
/// <param name="File">The file's name; null for text.</param>
internal sealed record SentText(ReadOnlyMemory<byte> Bytes, string? File)
{
    /// <summary>Reads <c>@file</c>, or text in which <c>\r\n</c> and the like stand for what they name.</summary>
    /// <exception cref="FormatException">An escape is unknown, or the file has no name.</exception>
    public static SentText Parse(string text) => text switch
    {
        "@" => throw new FormatException(@"'@' names no file. Write @FILE, or \x40 for text that starts with @."),
        ['@', .. var file] => new SentText(default, file),
        _ => new SentText(EscapedText.Parse(text), File: null),
    };

    /// <summary>The bytes, to be read once. The caller owns the stream.</summary>
    /// <param name="folder">Where relative file names start.</param>
    /// <exception cref="FailureException">The file cannot be read; nothing was sent yet.</exception>
    public Stream Open(string folder)
    {
        if (File is null)
        {
            return new MemoryStream(Bytes.ToArray(), writable: false);
        }

        try
        {
            return System.IO.File.OpenRead(Path.Combine(folder, File));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(
                new Failure(ExitCode.Usage, $"--send: {File} cannot be read.", error.Message, "Check the name."),
                error);
        }
    }
}
