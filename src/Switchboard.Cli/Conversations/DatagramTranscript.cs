using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Conversations;

/// <summary>
/// What the user gets to see of datagrams: what they hold on standard output, who sent it on standard error; or all of
/// it as events with <c>--json</c>.
/// </summary>
/// <param name="log">Takes the events.</param>
/// <param name="surroundings">Says which streams are terminals, and the time.</param>
internal sealed class DatagramTranscript(EventLog log, Surroundings surroundings)
{
    private readonly IPayload _payload = Transcript.PayloadFor(surroundings, framing: null);
    private readonly HexDump _sent = new('>');
    private readonly HexDump _received = new('<');
    private DatagramAddress? _speaker;

    /// <summary>Whether all bytes are dumped on standard error as well.</summary>
    public bool DumpsBytes { get; init; }

    /// <summary>The only one who can be heard, and need not be named; null for anybody.</summary>
    public UdpEndpoint? Peer { get; init; }

    /// <summary>Says what every call has come to; null unless that was asked for.</summary>
    public Explainer? Explainer { get; init; }

    private bool TellsPrograms => log.Format == EventFormat.Json;

    private bool TellsPeople => !TellsPrograms && surroundings.Terminals.HasFlag(Terminals.Error);

    public void Began(DatagramSocket socket)
    {
        if (Peer is not null && (TellsPrograms || TellsPeople))
        {
            log.Write(new DatagramPeerEvent(socket.Local, Peer));
        }

        if (Peer is not null)
        {
            Explainer?.AimedDatagrams();
        }
    }

    public void Sending(ReadOnlyMemory<byte> bytes)
    {
        if (DumpsBytes)
        {
            log.Say(_sent.Show(bytes.Span, surroundings.Time.GetLocalNow()));
        }
    }

    public void Sent(Endpoint remote, int bytes)
    {
        if (TellsPrograms)
        {
            log.Write(new DatagramSentEvent(remote, bytes));
        }

        Explainer?.SentDatagram(bytes);
    }

    public void Unsent(Endpoint remote, string problem) => log.Write(new DatagramUnsentEvent(remote, problem));

    /// <exception cref="IOException">Standard output cannot be written to.</exception>
    public async ValueTask ReceivedAsync(ReceivedDatagram received, ReadOnlyMemory<byte> bytes)
    {
        if (DumpsBytes)
        {
            log.Say(_received.Show(bytes.Span, surroundings.Time.GetLocalNow()));
        }

        var happened = new DatagramReceivedEvent(received, bytes);
        if (TellsPrograms)
        {
            log.Write(happened);
            Explainer?.ReceivedDatagram(bytes.Length);
            return;
        }

        var isNewSpeaker = Peer is null && received.From != _speaker;
        _speaker = received.From;
        if (isNewSpeaker || bytes.IsEmpty || received.IsTruncated)
        {
            log.Write(happened);
        }

        await _payload.WriteAsync(bytes);
        if (_payload.TakeOpenLine())
        {
            // On a terminal the next datagram, or what is typed, begins a line of its own.
            log.Say("");
        }

        Explainer?.ReceivedDatagram(bytes.Length);
    }

    public async ValueTask EndedAsync(DatagramEndedEvent ended)
    {
        await _payload.FinishAsync();
        if (TellsPrograms || TellsPeople)
        {
            log.Write(ended);
        }
    }
}
