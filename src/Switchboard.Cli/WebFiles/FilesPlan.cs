namespace Switchboard.Cli.WebFiles;

/// <summary>What a web server of files shows and takes.</summary>
internal sealed record FilesPlan
{
    /// <summary>The most bytes of a file that a browser may put there, where nothing else was said.</summary>
    public const long DefaultMaxUploadBytes = 100 * 1024 * 1024;

    /// <summary>The folder; null for a new and empty one, deleted with all that is in it.</summary>
    public string? Folder { get; init; }

    public bool ShowsHidden { get; init; }

    public bool TakesUploads { get; init; }

    public long MaxUploadBytes { get; init; } = DefaultMaxUploadBytes;

    /// <summary>The file with <c>name:password</c> of visitors; null for none, - to ask whoever starts it.</summary>
    public string? LoginFile { get; init; }
}
