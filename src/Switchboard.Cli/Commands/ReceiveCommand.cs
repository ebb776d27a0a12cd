using System.CommandLine;
using System.Text;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;
using Switchboard.Cli.Transfers;
using Switchboard.Files;

namespace Switchboard.Cli.Commands;

/// <summary><c>switchboard receive</c>: prints a ticket, and receives from whoever has it.</summary>
internal sealed class ReceiveCommand : Verb
{
    private const string StandardOutput = "-";

    private readonly Argument<Endpoint?> _endpoint = TextOption.Positional<Endpoint?>(
        "ENDPOINT", "Where: 0.0.0.0:port for other machines (default :0, any port, this machine only)",
        ArgumentArity.ZeroOrOne, EndpointText.ToListenAt);

    private readonly Option<string?> _into = TextOption.Create(
        "--into", "FOLDER", "Receive into this folder (default: the current one)", text => text);

    private readonly Option<string?> _output = TextOption.Create(
        "--output", "FILE", "Take one file, under this name; - for standard output", text => text);

    private readonly Option<string?> _ticketFile = TextOption.Create(
        "--ticket-file", "FILE", "Write the ticket to a new file of yours alone, instead of printing it", text => text);

    private readonly Option<Endpoint?> _advertise = TextOption.Create<Endpoint?>(
        "--advertise", "ENDPOINT", "Where the ticket leads, if others reach this machine by another address",
        EndpointText.ToConnectTo);

    private readonly Option<long?> _maxBytes = TextOption.Create<long?>(
        "--max-bytes", "SIZE", "Take at most this much (default: what the disk has free)",
        text => SizeText.ParseLarge(text));

    private readonly Option<int?> _maxFiles = TextOption.Create<int?>(
        "--max-files", "N", $"Take at most so many files and folders (default {new TransferLimits().MaxFiles})",
        text => CountText.Parse(text));

    private readonly Option<bool> _plain = TextOption.Flag(
        "--plain", "No ticket and no encryption: for links that nobody else can reach");

    private readonly Option<string?> _engine = EngineOption.Create();

    public ReceiveCommand()
        : base(
            "receive",
            "Print a ticket, and receive files from whoever sends with it",
            new("switchboard receive", "into this folder, from another program on this machine"),
            new("switchboard receive 0.0.0.0:9040 --into inbox", "from another machine, into another folder"),
            new("switchboard receive --output - | tar x", "one file or stream, to a program"))
    {
        Arguments.Add(_endpoint);
        _output.Aliases.Add("-o");
        foreach (var option in (Option[])
            [_into, _output, _ticketFile, _advertise, _maxBytes, _maxFiles, _plain, _engine])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Notes =>
    [
        "Nothing is ever replaced. A file gets its name when it is whole, verified and on the disk; until then it is",
        ".switchboard-….part, and the next transfer of the same file goes on there. All of it is yours alone to read.",
        "A ticket is for one transfer, and a secret: hand it over where nobody else can read it.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        RefuseContradictions(invocation);
        var view = new ProgressView(invocation.Log, invocation.Surroundings);
        var options = OptionsFor(invocation, view);
        var endpoint = invocation.Get(_endpoint) ?? new TcpEndpoint("localhost", 0);
        await using var receiver = await StartAsync(endpoint, options, invocation.Stop);
        Announce(receiver, PlaceOf(options), invocation);
        try
        {
            var result = await receiver.ReceiveAsync(invocation.Stop);
            view.End();
            if (options.Output is null || invocation.Log.Format == EventFormat.Text)
            {
                invocation.Log.Write(new TransferredEvent("received", result));
            }

            return ExitCode.Done;
        }
        finally
        {
            view.End();
        }
    }

    private static async Task<FileReceiver> StartAsync(
        Endpoint endpoint, FileReceiverOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await FileReceiver.StartAsync(endpoint, options, cancellationToken);
        }
        catch (TransferException error)
        {
            throw new FailureException(
                new Failure(
                    ExitCode.Usage, "nothing can be received there.", error.Message,
                    "Make the folder, or name another one: --into FOLDER, or --output FILE"),
                error);
        }
    }

    private void RefuseContradictions(Invocation invocation)
    {
        var output = invocation.Get(_output);
        var (what, next) = output switch
        {
            StandardOutput when invocation.Log.Format == EventFormat.Json =>
                ("--json and --output - both want standard output.", "Leave one of them out."),
            not null when invocation.Get(_into) is not null =>
                ("--output names the file, and --into a folder for files with other names.", "Use one of them."),
            _ when invocation.Get(_plain)
                && (invocation.Get(_ticketFile) is not null || invocation.Get(_advertise) is not null) =>
                ("--plain does without the ticket.", "Leave --plain out, and the transfer is encrypted."),
            _ => (null, null),
        };
        if (what is not null)
        {
            throw new FailureException(new Failure(ExitCode.Usage, what, Next: next));
        }
    }

    private FileReceiverOptions OptionsFor(Invocation invocation, ProgressView view)
    {
        var folder = invocation.Surroundings.Folder;
        var output = invocation.Get(_output);
        var isStream = output == StandardOutput;
        var file = output is null || isStream ? null : Path.GetFullPath(Path.Combine(folder, output));
        return new FileReceiverOptions
        {
            Folder = file is null
                ? Path.GetFullPath(Path.Combine(folder, invocation.Get(_into) ?? "."))
                : Path.GetDirectoryName(file) ?? folder,
            FileName = file is null ? null : Path.GetFileName(file),
            Output = isStream ? invocation.Payload : null,
            Protection = invocation.Get(_plain) ? Protection.None : Protection.Ticket,
            Limits = new TransferLimits
            {
                MaxBytes = invocation.Get(_maxBytes),
                MaxFiles = invocation.Get(_maxFiles) ?? new TransferLimits().MaxFiles,
            },
            Listen = new ListenOptions
            {
                Engine = invocation.Surroundings.Engines.Choose(invocation.Get(_engine)),
                Connection = new ConnectionOptions { TimeProvider = invocation.Surroundings.Time },
            },
            Progress = view,
            Interrupted = error => invocation.Log.Write(new InterruptedTransferEvent(error.Message)),
        };
    }

    private static string PlaceOf(FileReceiverOptions options) =>
        options.Output is not null ? "standard output"
        : options.FileName is { } file ? Path.Combine(options.Folder, file)
        : Path.TrimEndingDirectorySeparator(options.Folder);

    private void Announce(FileReceiver receiver, string place, Invocation invocation)
    {
        if (invocation.Get(_plain))
        {
            invocation.Log.Write(new PlainEvent("Whoever reaches the endpoint can send, and read what others send"));
        }

        var ticket = receiver.Ticket?.At(invocation.Get(_advertise) ?? OwnAddress.For(receiver.Local));
        if (ticket is not null && invocation.Get(_ticketFile) is { } file)
        {
            TicketFile.Write(Path.Combine(invocation.Surroundings.Folder, file), ticket);
        }

        invocation.Log.Write(new AwaitingSenderEvent(receiver.Local, ticket, place));
        if (ticket is not null && invocation.Log.Format == EventFormat.Text && invocation.Get(_ticketFile) is null)
        {
            Print(ticket, invocation);
        }
    }

    /// <summary>On standard output, so that a program can take it, unless that is where the file goes.</summary>
    private void Print(Ticket ticket, Invocation invocation)
    {
        if (invocation.Get(_output) == StandardOutput)
        {
            invocation.Log.Say(ticket.ToLine());
            return;
        }

        invocation.Payload.Write(Encoding.UTF8.GetBytes(ticket.ToLine() + "\n"));
        invocation.Payload.Flush();
    }
}
