using Switchboard.Cli.Output;
using Switchboard.Cli.Web;

namespace Switchboard.Cli.WebFiles;

/// <summary>A web server of files to start, with everything found that its plan names.</summary>
internal sealed record FileServerOptions
{
    /// <summary>What it is called in events.</summary>
    public required string Service { get; init; }

    public required FilesPlan Plan { get; init; }

    /// <summary>The folder itself.</summary>
    public required string Folder { get; init; }

    public required Endpoint Listen { get; init; }

    public required Engine Engine { get; init; }

    public required ServerLimits Limits { get; init; }

    /// <summary>How to speak TLS; null for none.</summary>
    public WebTls? Tls { get; init; }

    /// <summary><c>name:password</c> of visitors; null for none.</summary>
    public string? Login { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Takes events; may throw nothing.</summary>
    public required Action<ConsoleEvent> Tell { get; init; }
}
