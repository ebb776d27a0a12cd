using System.CommandLine;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Conversations;

/// <summary>The options of every verb that talks with a peer, and the conversation that they ask for.</summary>
internal sealed class ConversationOptions
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromMilliseconds(500);

    private readonly FramingOption _framing = new();

    private readonly Option<bool> _hex = TextOption.Flag(
        "--hex", "Show all bytes, both ways and with times, on standard error");

    private readonly Option<bool> _explain = TextOption.Flag(
        "--explain", "Say what each call has done, and what the kernel shows, on standard error");

    private readonly Option<bool> _crlf = TextOption.Flag(
        "--crlf", "Send each line feed of the input as CR LF");

    private readonly Option<TimeSpan?> _idle = TextOption.Create<TimeSpan?>(
        "--idle", "TIME", "Give up when nothing is received for so long (default never)",
        text => TimeText.ParseWait(text));

    private readonly Option<SentText?> _send = TextOption.Create(
        "--send", "TEXT|@FILE", "Send this instead of standard input; TEXT knows \\n, \\r and \\xHH", SentText.Parse);

    private readonly Option<string?> _engine = EngineOption.Create();

    /// <summary>In the order of the help.</summary>
    public IEnumerable<Option> All => [_send, .. _framing.All, _crlf, _idle, _hex, _explain, _engine];

    public JoinedRow Joined => _framing.Joined;

    /// <summary>How connections of conversations behave.</summary>
    public static ConnectionOptions ConnectionOptionsFor(TimeProvider time) =>
        // A conversation closes when both ends have finished, or when it has failed: neither has to wait for long.
        new() { CloseTimeout = CloseTimeout, TimeProvider = time };

    /// <summary>The engine that was asked for, or the best one.</summary>
    /// <exception cref="FailureException">It cannot be had.</exception>
    public Engine ChooseEngine(ParseResult parsed, Surroundings surroundings) =>
        surroundings.Engines.Choose(parsed.GetValue(_engine));

    /// <summary>Warns of an engine that is not the one that was wanted.</summary>
    public void Warn(ParseResult parsed, Surroundings surroundings, EventLog log)
    {
        if (surroundings.Engines.FallbackOf(parsed.GetValue(_engine)) is { } problem)
        {
            log.Write(new EngineFallbackEvent(problem));
        }
    }

    /// <summary>Checks what the options ask for before anything is done.</summary>
    /// <exception cref="FailureException">They do not fit each other, or the file to send cannot be read.</exception>
    public ConversationPlan Plan(ParseResult parsed, Surroundings surroundings, EventLog log)
    {
        var framing = _framing.Read(parsed);
        if (framing is not null && parsed.GetValue(_crlf))
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, "--crlf and --framing exclude each other.", "The framing says how lines end.",
                @"Use --framing 'delimited:\r\n' for lines that end in CR LF."));
        }

        // Opened now to learn of a wrong name before anybody is bothered with a connection.
        parsed.GetValue(_send)?.Open(surroundings.Folder).Dispose();
        return new ConversationPlan(surroundings, log)
        {
            Framing = framing is { EndsWithConnection: true } ? null : framing,
            Send = parsed.GetValue(_send),
            ConvertsLineEnds = parsed.GetValue(_crlf),
            DumpsBytes = parsed.GetValue(_hex),
            Explainer = parsed.GetValue(_explain)
                ? new Explainer(log) { HasFraming = framing is { EndsWithConnection: false } }
                : null,
            Limits = new ConversationLimits { Idle = parsed.GetValue(_idle) ?? Timeout.InfiniteTimeSpan },
        };
    }
}
