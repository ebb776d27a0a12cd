using System.Collections.Immutable;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.People;

/// <summary>
/// Somebody who is connected to this server: a person, or who has yet to become one. Its own lines are handled one
/// after the other; what others do reaches it by <see cref="Deliver"/>, under the world's lock.
/// </summary>
internal sealed class Client(IChatPeer peer, string server, TimeProvider clock) : IDisposable
{
    // However busy its rooms are, no more lines than that wait for each other.
    private const int MaxHeld = 64;

    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _ending = new();
    private readonly Lock _sending = new();
    private readonly List<ReadOnlyMemory<byte>> _held = [];
    private LabeledAnswer? _answer;

    public IChatPeer Peer { get; } = peer;

    public Capabilities Capabilities { get; set; }

    /// <summary>Whether the client holds its registration back until it has negotiated (<c>CAP LS</c>).</summary>
    public bool IsNegotiating { get; set; }

    /// <summary>Which version of <c>CAP LS</c> it has asked for.</summary>
    public int CapVersion { get; set; }

    /// <summary>The nick it wants, or has; null before it has said one.</summary>
    public string? Nick { get; set; }

    /// <summary>What <c>USER</c> said; null before.</summary>
    public string? User { get; set; }

    public string RealName { get; set; } = "";

    public string? Password { get; set; }

    /// <summary>The account it is signed in to, as its owner writes it; null if none.</summary>
    public string? Account { get; set; }

    /// <summary>Holds private messages back while what waited for the account is read; null before that.</summary>
    public HandOver? HandOver { get; set; }

    /// <summary>How often it has named a wrong password.</summary>
    public int FailedSignIns { get; set; }

    /// <summary>The mechanism of a sign-in under way, and what has come of it; null if none is.</summary>
    public SaslExchange? Sasl { get; set; }

    /// <summary>Who it is; null before it has registered.</summary>
    public Person? Person { get; set; }

    /// <summary>When its last line came, as a timestamp of the clock.</summary>
    public long Heard { get; set; } = clock.GetTimestamp();

    public long Connected { get; } = clock.GetTimestamp();

    /// <summary>The last message it has said, which may be on its way still.</summary>
    public Task UnderWay { get; set; } = Task.CompletedTask;

    /// <summary>How many messages it may have on their way since the last wait for them.</summary>
    public int CountUnderWay { get; set; }

    /// <summary>Whether it was asked for a sign of life, and has given none since.</summary>
    public bool IsAsked { get; set; }

    /// <summary>Cancelled when it is to be let go.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Why it was let go; null while it is welcome.</summary>
    public string? EndReason { get; private set; }

    /// <summary>
    /// Whether the lock is held for a line of this client, so that what is delivered to it now is the answer to that
    /// line.
    /// </summary>
    public bool IsActing { get; set; }

    public bool Has(Capabilities capability) => (Capabilities & capability) == capability;

    /// <summary>
    /// Hands over what somebody did; what the client did itself it learns at once. Only under the world's lock.
    /// </summary>
    public void Deliver(Outgoing outgoing, DeliveryTime when = DeliveryTime.Now)
    {
        if (IsActing && _answer is not null)
        {
            _answer.Add(outgoing);
        }
        else if (when == DeliveryTime.Soon && !IsActing)
        {
            Hold(outgoing.For(Capabilities));
        }
        else
        {
            Send(outgoing.For(Capabilities));
        }
    }

    /// <summary>
    /// Hands over what somebody said to this client alone, behind what has waited for it, and once. Only under the
    /// world's lock.
    /// </summary>
    public void DeliverPrivately(Outgoing outgoing)
    {
        if (HandOver?.Takes(outgoing) != true)
        {
            Person?.HeardPrivately = outgoing.Time;
            Deliver(outgoing);
        }
        else if (HandOver.IsFull)
        {
            Close("SendQ exceeded");
        }
    }

    /// <summary>What waited was handed over. Only under the world's lock.</summary>
    /// <param name="given">Its ids.</param>
    public void EndHandOver(HashSet<string> given)
    {
        foreach (var outgoing in HandOver?.End(given) ?? [])
        {
            DeliverPrivately(outgoing);
        }
    }

    /// <summary>Answers the line that is handled now.</summary>
    public void Answer(Outgoing outgoing)
    {
        if (_answer is not null)
        {
            _answer.Add(outgoing);
        }
        else
        {
            Send(outgoing.For(Capabilities));
        }
    }

    /// <summary>Answers with a number; its parameters stand between the nick and the text.</summary>
    public void Answer(Numeric numeric, params ReadOnlySpan<string> parameters)
    {
        ImmutableArray<string> all = numeric.Text is null
            ? [Nick ?? "*", .. parameters]
            : [Nick ?? "*", .. parameters, numeric.Text];
        AnswerFromServer(numeric.Code, all);
    }

    /// <summary>Answers in the server's name.</summary>
    public void AnswerFromServer(string command, params ImmutableArray<string> parameters) =>
        Answer(FromServer(command, parameters));

    /// <summary>Answers in a name that is nobody's.</summary>
    public void AnswerFrom(string source, string command, params ImmutableArray<string> parameters) =>
        Answer(new Outgoing(new ChatMessage(command, parameters) { Source = source }, clock.GetUtcNow()));

    /// <summary>Says what has failed, or only what is to be known, in a way that programs understand.</summary>
    /// <param name="kind"><c>FAIL</c>, <c>WARN</c> or <c>NOTE</c>.</param>
    /// <param name="command">What it is about; <c>*</c> for nothing in particular.</param>
    /// <param name="rest">A code, its parameters, and a sentence for people.</param>
    public void AnswerStandard(string kind, string command, params ImmutableArray<string> rest)
    {
        if (Has(Capabilities.StandardReplies))
        {
            AnswerFromServer(kind, [command, .. rest]);
        }
        else
        {
            AnswerFromServer("NOTICE", [Nick ?? "*", $"*** {rest[^1]}"]);
        }
    }

    /// <summary>Gathers what is answered from here on, to be sent as one answer.</summary>
    public void BeginAnswer(string label) => _answer = new LabeledAnswer(label);

    /// <summary>Sends what was gathered.</summary>
    public void EndAnswer()
    {
        var answer = _answer;
        _answer = null;
        answer?.Send(this, server, clock.GetUtcNow());
    }

    /// <summary>Leaves the answer to what comes later: nothing was gathered, and nothing is said now.</summary>
    public string? TakeLabel()
    {
        var label = _answer is { IsEmpty: true } ? _answer.Label : null;
        _answer = label is null ? _answer : null;
        return label;
    }

    /// <summary>Says that a line was done which has no other answer.</summary>
    public void Acknowledge(string label) => new LabeledAnswer(label).Send(this, server, clock.GetUtcNow());

    /// <summary>Says that a message could not be kept, and so was handed to nobody.</summary>
    public void RefuseMessage(string command, string target, string? label, string reason)
    {
        var line = Has(Capabilities.StandardReplies)
            ? FromServer("FAIL", [command, "TEMPORARILY_UNAVAILABLE", target, reason])
            : FromServer("NOTICE", [Nick ?? "*", $"*** {target}: {reason}"]);
        Send(label is null ? line.For(Capabilities) : line.For(Capabilities, LabeledAnswer.Tag(label)));
    }

    /// <summary>Sends a line now, behind those that waited; who takes none any more is let go.</summary>
    public void Send(ReadOnlyMemory<byte> line)
    {
        lock (_sending)
        {
            SendHeld();
            SendNext(line);
        }
    }

    /// <summary>Sends the lines that were to go out soon.</summary>
    public void SendHeld()
    {
        lock (_sending)
        {
            foreach (var line in _held)
            {
                SendNext(line);
            }

            _held.Clear();
        }
    }

    /// <summary>Lets the client go, and tells it why. Only the first reason counts.</summary>
    public void End(string reason)
    {
        SendHeld();
        Close(reason);
    }

    public void Dispose() => _ended.Dispose();

    private void Hold(ReadOnlyMemory<byte> line)
    {
        lock (_sending)
        {
            _held.Add(line);
            if (_held.Count == MaxHeld)
            {
                SendHeld();
            }
        }
    }

    private void SendNext(ReadOnlyMemory<byte> line)
    {
        if (EndReason is null && !Peer.TrySend(line))
        {
            Close("SendQ exceeded");
        }
    }

    private void Close(string reason)
    {
        lock (_ending)
        {
            if (EndReason is not null)
            {
                return;
            }

            EndReason = reason;
        }

        Peer.SendLast(new ChatMessage("ERROR", $"Closing link: {Nick ?? "*"}[{Peer.Host}] ({reason})").Encode());
        _ = _ended.CancelAsync();
    }

    private Outgoing FromServer(string command, ImmutableArray<string> parameters) =>
        new(new ChatMessage(command, Fitting(parameters)) { Source = server }, clock.GetUtcNow());

    /// <summary>What people typed may stand where only words can.</summary>
    private static ImmutableArray<string> Fitting(ImmutableArray<string> parameters)
    {
        for (var place = 0; place < parameters.Length - 1; place++)
        {
            if (!MessageRules.IsMiddle(parameters[place]))
            {
                parameters = parameters.SetItem(place, "*");
            }
        }

        return parameters;
    }
}
