using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Conversations;

/// <summary>
/// What the user gets to see of conversations: what peers send on standard output, or events with <c>--json</c>; the
/// rest on standard error. Any number of conversations may share one.
/// </summary>
/// <param name="log">Takes the events.</param>
/// <param name="payload">Takes what peers send, unless it is told as events.</param>
/// <param name="surroundings">Says which streams are terminals, and the time.</param>
internal sealed class Transcript(EventLog log, IPayload payload, Surroundings surroundings) : IDisposable
{
    private readonly SemaphoreSlim _payloadTurn = new(1);
    private int _interruptions;

    /// <summary>Whether all bytes are dumped on standard error as well.</summary>
    public bool DumpsBytes { get; init; }

    /// <summary>Says what every call has come to; null unless that was asked for.</summary>
    public Explainer? Explainer { get; init; }

    private bool TellsPrograms => log.Format == EventFormat.Json;

    private bool TellsPeople => !TellsPrograms && surroundings.Terminals.HasFlag(Terminals.Error);

    /// <summary>The payload that fits standard output.</summary>
    public static IPayload PayloadFor(Surroundings surroundings, Framing? framing)
    {
        var output = surroundings.Output;
        var isTerminal = surroundings.Terminals.HasFlag(Terminals.Output);
        return (framing, isTerminal) switch
        {
            ({ EndsWithConnection: false }, _) =>
                new LinePayload(output, isTerminal ? PayloadForm.Visible : PayloadForm.Raw),
            (_, true) => new TerminalPayload(output),
            _ => new RawPayload(output),
        };
    }

    public void Connected(Connection connection)
    {
        TellIfWanted(new ConnectedEvent(connection));
        Explainer?.Connected(connection);
    }

    /// <summary>Shown before it is sent: what comes back stands below it, however fast it comes.</summary>
    public void Sending(ReadOnlyMemory<byte> piece, HexDump dump)
    {
        if (surroundings.Terminals.HasFlag(Terminals.Input))
        {
            // The terminal's echo of what was typed has ended the line.
            payload.TakeOpenLine();
        }

        Dump(piece, dump);
    }

    public void Sent(Connection connection, ReadOnlyMemory<byte> piece)
    {
        if (TellsPrograms)
        {
            log.Write(new SentEvent(connection, piece.Length));
        }

        Explain(explainer => explainer.Sent(connection, piece.Length));
    }

    /// <summary>Nothing more will be sent, and the peer is told so.</summary>
    public void FinishedSending(Connection connection) =>
        Explain(explainer => explainer.FinishedSending(connection));

    /// <exception cref="IOException">Standard output cannot be written to.</exception>
    public async ValueTask ReceivedAsync(Connection connection, ReadOnlyMemory<byte> piece, HexDump dump)
    {
        Dump(piece, dump);
        if (TellsPrograms)
        {
            log.Write(new ReceivedEvent(connection, piece));
            Explainer?.Received(connection, piece.Length);
            return;
        }

        await _payloadTurn.WaitAsync();
        try
        {
            await payload.WriteAsync(piece);
        }
        finally
        {
            _payloadTurn.Release();
        }

        Explain(explainer => explainer.Received(connection, piece.Length));
    }

    /// <param name="connection">Whose peer has finished.</param>
    /// <param name="first">People are told only if they can still type.</param>
    public void PeerFinished(Connection connection, Finisher first)
    {
        var stillTyping = first == Finisher.Peer && surroundings.Terminals.HasFlag(Terminals.Input);
        if (TellsPrograms || (TellsPeople && stillTyping))
        {
            EndLine();
            log.Write(new PeerFinishedEvent(connection));
        }

        Explain(explainer => explainer.PeerFinished(connection));
    }

    /// <summary>Nothing more will come from any peer.</summary>
    public ValueTask FinishPayloadAsync() => payload.FinishAsync();

    public void Ended(EndedEvent ended)
    {
        Explain(explainer => explainer.Ended(ended));
        TellIfWanted(ended);
    }

    /// <summary>Says once, however many conversations a signal ends, that it ends them. Never throws.</summary>
    public void Interrupted(TimeSpan patience)
    {
        try
        {
            if (Interlocked.Increment(ref _interruptions) == 1)
            {
                EndLine();
                EndTypedLine();
                log.Write(new InterruptedEvent(patience));
            }
        }
        catch (IOException)
        {
            // Nobody reads any more, and the conversations end in any case.
        }
    }

    /// <summary>What is told to everyone, terminal or not.</summary>
    public void Tell(ConsoleEvent happened)
    {
        EndLine();
        log.Write(happened);
    }

    public void Dispose() => _payloadTurn.Dispose();

    private void TellIfWanted(ConsoleEvent happened)
    {
        if (TellsPrograms || TellsPeople)
        {
            Tell(happened);
        }
    }

    private void Explain(Action<Explainer> say)
    {
        if (Explainer is not null)
        {
            EndLine();
            say(Explainer);
        }
    }

    private void Dump(ReadOnlyMemory<byte> piece, HexDump dump)
    {
        if (DumpsBytes)
        {
            EndLine();
            log.Say(dump.Show(piece.Span, surroundings.Time.GetLocalNow()));
        }
    }

    // Our words would otherwise continue the peer's last line, as if it had said them.
    private void EndLine()
    {
        if (TellsPeople && payload.TakeOpenLine())
        {
            log.Say("");
        }
    }

    // A signal comes in the middle of what is typed, and the terminal may have shown ^C behind it.
    private void EndTypedLine()
    {
        if (TellsPeople && surroundings.Terminals.HasFlag(Terminals.Input))
        {
            log.Say("");
        }
    }
}
