using Switchboard.Cli.Web;

namespace Switchboard.Cli.WebFiles;

/// <summary>A web server of files to start, with everything found that its plan names.</summary>
internal sealed record FileServerOptions
{
    public required FilesPlan Plan { get; init; }

    /// <summary>The folder itself.</summary>
    public required string Folder { get; init; }

    /// <summary>Where it listens, and how.</summary>
    public required WebServerOptions Web { get; init; }

    /// <summary><c>name:password</c> of visitors; null for none.</summary>
    public string? Login { get; init; }
}
