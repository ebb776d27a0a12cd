using Switchboard.Cli.ChatServing;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Tls;
using Switchboard.Cli.WebFiles;

namespace Switchboard.Cli.Serving;

/// <summary>One server to start.</summary>
/// <param name="Service">What it does.</param>
/// <param name="Listen">Where.</param>
internal sealed record ServingPlan(BuiltIn Service, Endpoint Listen)
{
    /// <summary>Answer frame by frame; bytes as they come if null.</summary>
    public Framing? Framing { get; init; }

    /// <summary>How the operating system is asked: an engine's name, or the best one if null.</summary>
    public string? Engine { get; init; }

    /// <summary>On what its handlers run.</summary>
    public ServerLoop Loop { get; init; }

    /// <summary>How to speak TLS; null for no TLS.</summary>
    public ListenTls? Tls { get; init; }

    /// <summary>What a web server of files shows; null for every other service.</summary>
    public FilesPlan? Files { get; init; }

    /// <summary>What a chat is called and keeps; null for every other service.</summary>
    public ChatPlan? Chat { get; init; }

    /// <summary>What is told of datagrams, if what it does is to relay them; otherwise null.</summary>
    public RelayEvents? Relaying { get; init; }

    public ServerLimits Limits { get; init; } = new();

    /// <summary>How long its handlers may take to finish when it is told to stop.</summary>
    public TimeSpan Drain { get; init; } = new ServerOptions().DrainTimeout;
}
