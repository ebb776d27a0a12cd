using System.CommandLine;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Options;
using Switchboard.Cli.Transfers;
using Switchboard.Files;

namespace Switchboard.Cli.Commands;

/// <summary><c>switchboard send</c>: files and folders to whoever made a ticket.</summary>
internal sealed class SendCommand : Verb
{
    private const string StandardInput = "-";
    private const string DefaultName = "standard-input";

    private readonly Argument<string[]> _paths = new("FILE")
    {
        HelpName = "FILE…",
        Description = "Files and folders; - for standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _ticketFile = TextOption.Create(
        "--ticket-file", "FILE", "Where the ticket is (default: it is asked for, or read from standard input)",
        text => text);

    private readonly Option<string?> _name = TextOption.Create(
        "--name", "NAME", $"What standard input is called there (default {DefaultName})", text => text);

    private readonly Option<Endpoint?> _to = TextOption.Create<Endpoint?>(
        "--to", "ENDPOINT", "Where the receiver is, if not where the ticket says; needed with --plain",
        EndpointText.ToConnectTo);

    private readonly Option<bool> _plain = TextOption.Flag(
        "--plain", "No ticket and no encryption: for links that nobody else can reach");

    private readonly Option<long?> _limit = TextOption.Create<long?>(
        "--limit", "RATE", "At most so many bytes a second: 500K, 10M", text => SizeText.ParseLarge(text));

    private readonly Option<TimeSpan?> _timeout = TextOption.Create<TimeSpan?>(
        "--timeout", "TIME", $"How long connecting may take (default {TimeText.Show(new ConnectOptions().Timeout)})",
        text => TimeText.ParseWait(text));

    private readonly Option<string?> _engine = EngineOption.Create();

    public SendCommand()
        : base(
            "send",
            "Send files and folders, encrypted, to whoever runs switchboard receive",
            new("switchboard send report.pdf", "asks for the ticket that receive has printed"),
            new("switchboard send photos/ notes.txt --ticket-file t", "a folder and a file; the ticket is in a file"),
            new("tar c . | switchboard send - --ticket-file t", "what a program writes"))
    {
        Arguments.Add(_paths);
        foreach (var option in (Option[])[_ticketFile, _name, _limit, _to, _plain, _timeout, _engine])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Notes =>
    [
        "After an interruption, send the same again: what has arrived is compared, and not sent twice.",
        "A ticket is a secret. It is never an argument, because every user of a machine can read those.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        var paths = invocation.Get(_paths)!;
        var isPlain = invocation.Get(_plain);
        RefuseContradictions(paths, isPlain, invocation);
        var view = new ProgressView(invocation.Log, invocation.Surroundings);
        var sender = new FileSender(new FileSenderOptions
        {
            Connect = new ConnectOptions
            {
                Engine = invocation.Surroundings.Engines.Choose(invocation.Get(_engine)),
                Timeout = invocation.Get(_timeout) ?? new ConnectOptions().Timeout,
                Connection = new ConnectionOptions { TimeProvider = invocation.Surroundings.Time },
            },
            MaxBytesPerSecond = invocation.Get(_limit),
            Progress = view,
        });
        Collect(sender, paths, invocation);
        var result = isPlain
            ? await SendPlainAsync(sender, view, invocation)
            : await SendAsync(sender, view, invocation);
        invocation.Log.Write(new TransferredEvent("sent", result));
        return ExitCode.Done;
    }

    private void RefuseContradictions(string[] paths, bool isPlain, Invocation invocation)
    {
        var takesInput = paths.Contains(StandardInput);
        var (what, next) = (isPlain, takesInput) switch
        {
            (true, _) when invocation.Get(_to) is null =>
                ("--plain has no ticket that says where the receiver is.", "Say it with --to ENDPOINT."),
            (true, _) when invocation.Get(_ticketFile) is not null =>
                ("--plain does without the ticket.", "Leave --plain out, and the transfer is encrypted."),
            (false, true) when invocation.Get(_ticketFile) is null or StandardInput =>
                ("standard input cannot bring both the ticket and what is sent.",
                    "Put the ticket into a file, and name it with --ticket-file FILE."),
            (_, false) when invocation.Get(_name) is not null =>
                ("--name is for standard input; files have names.", "Send -, or leave --name out."),
            _ => (null, null),
        };
        if (what is not null)
        {
            throw new FailureException(new Failure(ExitCode.Usage, what, Next: next));
        }
    }

    private void Collect(FileSender sender, string[] paths, Invocation invocation)
    {
        try
        {
            foreach (var path in paths)
            {
                if (path == StandardInput)
                {
                    sender.Add(invocation.Get(_name) ?? DefaultName, invocation.Surroundings.Input);
                }
                else
                {
                    sender.Add(Path.Combine(invocation.Surroundings.Folder, path));
                }
            }
        }
        catch (TransferException error)
        {
            throw new FailureException(TransferFailures.Explain(error) with { ExitCode = ExitCode.Usage }, error);
        }

        foreach (var skipped in sender.Skipped)
        {
            invocation.Log.Write(new SkippedEvent(skipped));
        }
    }

    private async Task<TransferResult> SendAsync(FileSender sender, ProgressView view, Invocation invocation)
    {
        var ticket = await TicketText.ReadAsync(
            invocation.Get(_ticketFile), invocation.Surroundings, invocation.Log, invocation.Stop);
        if (invocation.Get(_to) is { } elsewhere)
        {
            ticket = ticket.At(elsewhere);
        }

        try
        {
            return await sender.SendAsync(ticket, invocation.Stop);
        }
        catch (ConnectionException error)
        {
            throw SendFailures.Explain(error, ticket.Endpoint);
        }
        finally
        {
            view.End();
        }
    }

    private async Task<TransferResult> SendPlainAsync(FileSender sender, ProgressView view, Invocation invocation)
    {
        invocation.Log.Write(new PlainEvent("Whoever is on the way can read and change everything"));
        try
        {
            return await sender.SendUnprotectedAsync(invocation.Get(_to)!, invocation.Stop);
        }
        finally
        {
            view.End();
        }
    }
}
