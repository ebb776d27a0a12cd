using Microsoft.AspNetCore.Builder;
using Switchboard.AspNetCore;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Web;

/// <summary>A web server to start, whatever it answers.</summary>
internal sealed record WebServerOptions
{
    /// <summary>What it is called in events.</summary>
    public required string Service { get; init; }

    public required Endpoint Listen { get; init; }

    public required Engine Engine { get; init; }

    public required ServerLimits Limits { get; init; }

    /// <summary>How to speak TLS; null for none.</summary>
    public WebTls? Tls { get; init; }

    /// <summary>Where requests are answered.</summary>
    public ApplicationThread Application { get; init; }

    /// <summary>How WebSockets are kept; null for none.</summary>
    public WebSocketOptions? WebSockets { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Takes events; may throw nothing.</summary>
    public required Action<ConsoleEvent> Tell { get; init; }
}
