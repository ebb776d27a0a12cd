using System.CommandLine;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Conversations;

/// <summary><c>connect</c> and <c>listen</c> where the endpoint is one of datagrams.</summary>
/// <param name="options">What was typed.</param>
/// <param name="parsed">The command line.</param>
/// <param name="surroundings">Standard streams, signals, time.</param>
/// <param name="log">Where events go.</param>
internal sealed class DatagramVerbs(
    ConversationOptions options, ParseResult parsed, Surroundings surroundings, EventLog log)
{
    // Whoever answers at all does so within this, on most networks.
    private static readonly TimeSpan SilenceAfterInput = TimeSpan.FromSeconds(1);

    /// <summary>Talks with one peer until the input has ended and nothing came for a second.</summary>
    /// <param name="remote">The peer.</param>
    /// <param name="timeout">How long finding its name may take.</param>
    public async Task<int> ConnectAsync(UdpEndpoint remote, TimeSpan timeout)
    {
        var plan = Plan(remote);
        await using var socket = await DatagramSocket.ConnectAsync(
            remote, Options() with { Timeout = timeout, AllowBroadcast = true }, surroundings.Interrupts.Stop);
        options.Warn(parsed, surroundings, log);
        await new DatagramConversation(socket, plan, surroundings, TranscriptOf(plan, socket.Remote))
        {
            Silence = SilenceAfterInput,
        }.RunAsync(surroundings.Interrupts.Stop);
        return ExitCode.Done;
    }

    /// <summary>Hears everybody, until a signal comes.</summary>
    /// <param name="local">Where.</param>
    /// <param name="audience">To how many of those heard last a line goes.</param>
    public async Task<int> ListenAsync(UdpEndpoint local, int audience)
    {
        var plan = Plan(local);
        await using var socket = await DatagramSocket.BindAsync(local, Options(), surroundings.Interrupts.Stop);
        log.Write(new AwaitingPeerEvent(socket.Local));
        options.Warn(parsed, surroundings, log);
        await new DatagramConversation(socket, plan, surroundings, TranscriptOf(plan, null))
        {
            Audience = audience,
        }.RunAsync(surroundings.Interrupts.Stop);
        return ExitCode.Done;
    }

    private ConversationPlan Plan(UdpEndpoint endpoint)
    {
        var plan = options.Plan(parsed, surroundings, log);
        return plan.Framing is null
            ? plan
            : throw new FailureException(new Failure(
                ExitCode.Usage,
                $"{endpoint} takes datagrams, which know no --framing.",
                "Each line of the input is one datagram, and each datagram that comes is shown by itself.",
                "Leave --framing out."));
    }

    private DatagramOptions Options() => new()
    {
        Engine = options.ChooseEngine(parsed, surroundings),
        TimeProvider = surroundings.Time,
    };

    private DatagramTranscript TranscriptOf(ConversationPlan plan, UdpEndpoint? peer) =>
        new(log, surroundings) { DumpsBytes = plan.DumpsBytes, Peer = peer, Explainer = plan.Explainer };
}
