using System.Text;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Fetching;

/// <summary>What is sent with a request: text as it stands, a file, or standard input.</summary>
/// <param name="Text">The text; null for a file or the input.</param>
/// <param name="File">The name of the file; null for text or the input.</param>
internal sealed record RequestBody(string? Text, string? File)
{
    /// <summary>Whether it can be sent a second time.</summary>
    public bool CanRepeat => Text is not null || File is not null;

    /// <summary>Reads <c>text</c>, <c>@FILE</c> or <c>@-</c>.</summary>
    /// <exception cref="FormatException">The file has no name.</exception>
    public static RequestBody Parse(string text) => text switch
    {
        "@" => throw new FormatException("'@' names no file. Write @FILE, or @- for standard input."),
        "@-" => new RequestBody(Text: null, File: null),
        ['@', .. var file] => new RequestBody(Text: null, file),
        _ => new RequestBody(text, File: null),
    };

    /// <summary>The bytes, from the first one.</summary>
    /// <exception cref="FailureException">The file cannot be read.</exception>
    public HttpContent Open(Surroundings surroundings)
    {
        if (Text is not null)
        {
            return new ByteArrayContent(Encoding.UTF8.GetBytes(Text));
        }

        if (File is null)
        {
            return new StreamContent(surroundings.Input);
        }

        try
        {
            return new StreamContent(System.IO.File.OpenRead(Path.Combine(surroundings.Folder, File)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(
                new Failure(ExitCode.Usage, $"--data: {File} cannot be read.", error.Message, "Check the name."),
                error);
        }
    }
}
