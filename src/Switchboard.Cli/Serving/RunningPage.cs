using Switchboard.Cli.ChatServing;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;
using Switchboard.Cli.Web;
using Switchboard.Cli.WebChat;

namespace Switchboard.Cli.Serving;

/// <summary>A plan whose chat browsers can join, too.</summary>
internal sealed record RunningPage(ServingPlan Plan, WebChatServer Server, Engine Engine)
{
    /// <param name="plan">Of the chat; its limits and its TLS hold here as well.</param>
    /// <param name="chat">What the page is a client of.</param>
    /// <param name="engine">On what it runs.</param>
    /// <param name="tls">What the plan's TLS came to; null for none.</param>
    /// <param name="surroundings">Time, and the folder of the certificate's chain.</param>
    /// <param name="log">Is told of requests.</param>
    /// <exception cref="BindException">The endpoint cannot be had.</exception>
    /// <exception cref="FailureException">No browser gets to such an endpoint.</exception>
    public static async Task<RunningPage> StartAsync(
        ServingPlan plan,
        RunningChat chat,
        Engine engine,
        TlsListenOptions? tls,
        Surroundings surroundings,
        EventLog log)
    {
        var listen = plan.Chat!.Web!;
        ThrowIfUnfit(listen, tls);
        var options = new WebChatOptions
        {
            Limits = chat.Limits,
            Web = new WebServerOptions
            {
                Service = BuiltIns.ChatPage.Name,
                Listen = listen,
                Engine = engine,
                Limits = plan.Limits,
                Tls = tls is null ? null : WebTls.Of(plan.Tls!, tls, surroundings.Folder),
                Time = surroundings.Time,
                Tell = log.Write,
            },
        };
#pragma warning disable CA2000 // It is owned by what is returned.
        var server = await WebChatServer.StartAsync(chat.Server, options, surroundings.Interrupts.Stop);
#pragma warning restore CA2000
        return new RunningPage(plan with { Service = BuiltIns.ChatPage }, server, engine);
    }

    private static void ThrowIfUnfit(Endpoint listen, TlsListenOptions? tls)
    {
        if (listen is UdpEndpoint)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, $"{listen} takes datagrams, and browsers speak over streams.",
                Next: "Name :PORT or unix:/path behind --web."));
        }

        if (listen is TlsEndpoint && tls is null)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, $"there is no certificate for {listen}.",
                "The page has the TLS of the chat itself, and that has none.",
                "Add --tls with --cert and --key, or --self-signed."));
        }
    }
}
