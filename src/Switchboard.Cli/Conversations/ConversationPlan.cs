using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Conversations;

/// <summary>What was asked for on the command line, ready to become conversations.</summary>
/// <param name="surroundings">Standard streams, signals, time.</param>
/// <param name="log">Where events go.</param>
internal sealed class ConversationPlan(Surroundings surroundings, EventLog log)
{
    /// <summary>Finds lines of the input and frames of the peer; null for bytes as they come.</summary>
    public required Framing? Framing { get; init; }

    /// <summary>Sent instead of standard input; null for standard input.</summary>
    public required SentText? Send { get; init; }

    /// <summary>Whether a line feed is sent as CR LF.</summary>
    public required bool ConvertsLineEnds { get; init; }

    /// <summary>Whether all bytes are shown on standard error.</summary>
    public required bool DumpsBytes { get; init; }

    /// <summary>Says what every call has come to; null unless that was asked for.</summary>
    public Explainer? Explainer { get; init; }

    public required ConversationLimits Limits { get; init; }

    /// <summary>What the user will see. The caller owns it.</summary>
    public Transcript CreateTranscript() =>
        new(log, Transcript.PayloadFor(surroundings, Framing), surroundings)
        {
            DumpsBytes = DumpsBytes,
            Explainer = Explainer,
        };

    /// <summary>The pieces of standard input.</summary>
    public IPieces FromInput() => Cut(new BytePieces(surroundings.Input));

    /// <summary>The pieces of the text or the file that is sent instead. The caller owns the stream.</summary>
    public IPieces FromText(Stream text) => Cut(new BytePieces(text));

    /// <summary>Opens what is sent instead of standard input; null when nothing is.</summary>
    public Stream? OpenText() => Send?.Open(surroundings.Folder);

    /// <summary>A conversation, not yet begun.</summary>
    /// <param name="connection">Owned by the conversation.</param>
    /// <param name="outgoing">What is sent.</param>
    /// <param name="transcript">What the user sees.</param>
    /// <param name="peerFinished">Called when nothing more comes from the peer.</param>
    public Conversation Converse(
        Connection connection, IPieces outgoing, Transcript transcript, Func<ValueTask> peerFinished) =>
        new(connection, ExchangeOver(connection), outgoing, transcript)
        {
            Limits = Limits,
            Time = surroundings.Time,
            PeerFinished = peerFinished,
        };

    /// <summary>One conversation with one peer, from its beginning to its end.</summary>
    /// <returns>The exit code; failures are thrown.</returns>
    public async Task<int> TalkAsync(Connection connection)
    {
        using var transcript = CreateTranscript();
        await using var text = OpenText();
        var outgoing = text is null ? FromInput() : FromText(text);
        await Converse(connection, outgoing, transcript, transcript.FinishPayloadAsync)
            .RunAsync(surroundings.Interrupts);
        return Failures.ExitCode.Done;
    }

    private IExchange ExchangeOver(Connection connection) =>
        Framing is null ? new ByteExchange(connection) : new FrameExchange(connection.Frames(Framing));

    private IPieces Cut(IPieces bytes) =>
        ConvertsLineEnds ? new CrlfPieces(bytes)
        : Framing is null ? bytes
        : new LinePieces(bytes, Framing.MaxFrameBytes);
}
