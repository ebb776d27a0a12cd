using System.Collections.Immutable;

namespace Switchboard.Chat.Clients;

/// <summary>
/// The first words on a connection: what both ends can do, who this is, a nick that is free. Over when the server has
/// said what it supports.
/// </summary>
/// <param name="line">Nobody else receives from it meanwhile.</param>
/// <param name="options">Who this client is.</param>
/// <param name="told">Told of what the server says besides.</param>
internal sealed class Registration(ChatLine line, ChatClientOptions options, Action<ChatMessage> told)
{
    private const string Sasl = "sasl";
    private const int MaxOffered = 500;

    private static readonly string[] Wanted =
    [
        "message-tags", "server-time", "account-tag", "echo-message", "batch", "multi-prefix", "away-notify",
        "extended-join", "setname", "invite-notify", ChatSupport.HistoryCapability,
    ];

    private readonly Dictionary<string, string> _offered = [];
    private ImmutableHashSet<string> _enabled = [];
    private ChatSupport _support = new();
    private string _nick = options.Nick;
    private string _server = "";
    private int _refusedNicks;

    /// <summary>Whether a capability that a server offers later is of use here.</summary>
    public static bool IsWanted(string capability) => Wanted.Contains(capability);

    /// <exception cref="ChatRefusedException">The server does not let this client in.</exception>
    /// <exception cref="ConnectionException">The connection broke, or the server closed it without a word.</exception>
    public async Task<Registered> RunAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        while (await line.ReceiveAsync(cancellationToken).ConfigureAwait(false) is { } message)
        {
            if (message.Command is "376" or "422" && _server.Length > 0)
            {
                told(message);
                return new Registered(_nick, _server, _support with { Capabilities = _enabled });
            }

            await AnswerAsync(message, cancellationToken).ConfigureAwait(false);
        }

        throw new ConnectionException(
            "register", line.Connection.Local, line.Connection.Remote,
            "the server ended the connection without a word");
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await SendAsync(new ChatMessage("CAP", "LS", "302"), cancellationToken).ConfigureAwait(false);
        if (options.ServerPassword is { } password)
        {
            await SendAsync(new ChatMessage("PASS", password), cancellationToken).ConfigureAwait(false);
        }

        await SendAsync(new ChatMessage("NICK", _nick), cancellationToken).ConfigureAwait(false);
        var user = new ChatMessage("USER", UserName(), "0", "*", options.RealName ?? options.Nick);
        await SendAsync(user, cancellationToken).ConfigureAwait(false);
    }

    private string UserName()
    {
        var letters = string.Concat((options.User ?? options.Nick).Where(char.IsAsciiLetterOrDigit));
        return letters.Length > 0 ? letters : "user";
    }

    private Task AnswerAsync(ChatMessage message, CancellationToken cancellationToken)
    {
        switch (message.Command)
        {
            case "PING":
                return SendAsync(new ChatMessage("PONG", message[0] ?? ""), cancellationToken);
            case "CAP":
                return NegotiateAsync(message, cancellationToken);
            case "AUTHENTICATE":
                return SignInAsync(cancellationToken);
            case "903":
                return SendAsync(new ChatMessage("CAP", "END"), cancellationToken);
            case "433" or "436" or "437" when _server.Length == 0:
                return TryAnotherNickAsync(message, cancellationToken);
            default:
                Take(message);
                return Task.CompletedTask;
        }
    }

    private void Take(ChatMessage message)
    {
        switch (message.Command)
        {
            case "001":
                _nick = message[0] ?? _nick;
                _server = message.Source ?? line.Connection.Remote.ToString();
                break;
            case "005" when message.Parameters.Length > 2:
                _support = _support.With(message.Parameters[1..^1]);
                break;
            case "ERROR" or "432" or "463" or "464" or "465" or "466":
                throw Refused(message, "not let in");
            case "902" or "904" or "905" or "906" or "907" or "908":
                throw Refused(message, $"not signed in as {options.Account ?? options.Nick}");
        }

        told(message);
    }

    private async Task NegotiateAsync(ChatMessage message, CancellationToken cancellationToken)
    {
        switch (message[1]?.ToUpperInvariant())
        {
            case "LS":
                Note(message.Parameters[^1]);
                if (message[2] != "*" || message.Parameters.Length < 4)
                {
                    await AskForAsync(cancellationToken).ConfigureAwait(false);
                }

                break;
            case "ACK":
                _enabled = _enabled.Union(message.Parameters[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
                await GoOnAsync(cancellationToken).ConfigureAwait(false);
                break;
            case "NAK":
                await GoOnAsync(cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private void Note(string capabilities)
    {
        foreach (var capability in capabilities.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = capability.IndexOf('=', StringComparison.Ordinal);
            if (_offered.Count < MaxOffered)
            {
                _offered[equals < 0 ? capability : capability[..equals]] = equals < 0 ? "" : capability[(equals + 1)..];
            }
        }
    }

    private Task AskForAsync(CancellationToken cancellationToken)
    {
        var useful = Wanted.Where(_offered.ContainsKey).ToList();
        if (options.Password is not null && OffersPlain())
        {
            useful.Add(Sasl);
        }

        return useful.Count > 0
            ? SendAsync(new ChatMessage("CAP", "REQ", string.Join(' ', useful)), cancellationToken)
            : GoOnAsync(cancellationToken);
    }

    private bool OffersPlain() =>
        _offered.TryGetValue(Sasl, out var ways) && (ways.Length == 0 || ways.Split(',').Contains("PLAIN"));

    private Task GoOnAsync(CancellationToken cancellationToken)
    {
        if (options.Password is null)
        {
            return SendAsync(new ChatMessage("CAP", "END"), cancellationToken);
        }

        return _enabled.Contains(Sasl)
            ? SendAsync(new ChatMessage("AUTHENTICATE", "PLAIN"), cancellationToken)
            : throw new ChatRefusedException(
                "CAP",
                $"not signed in as {options.Account ?? options.Nick}: the server does not take passwords (SASL PLAIN)");
    }

    private async Task SignInAsync(CancellationToken cancellationToken)
    {
        foreach (var piece in SaslPlain.Answer(options.Account ?? options.Nick, options.Password ?? ""))
        {
            await line.SendAsync(piece, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task TryAnotherNickAsync(ChatMessage message, CancellationToken cancellationToken)
    {
        _refusedNicks++;
        if (_refusedNicks >= options.MaxNickAttempts)
        {
            throw Refused(message, $"no nick: {_nick} is not to be had");
        }

        _nick = NickChoice.Next(options.Nick, _refusedNicks, options.Chance);
        return SendAsync(new ChatMessage("NICK", _nick), cancellationToken);
    }

    private Task SendAsync(ChatMessage message, CancellationToken cancellationToken) =>
        line.SendAsync(message, cancellationToken).AsTask();

    private static ChatRefusedException Refused(ChatMessage message, string what) =>
        new(message.Command, $"{what}: {(message.Parameters is [.., var words] ? words : message.Command)}");
}
