using System.CommandLine;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Options;
using Switchboard.Cli.Serving;
using Switchboard.Cli.WebFiles;

namespace Switchboard.Cli.Commands;

/// <summary><c>serve files</c>: a folder, shown to browsers.</summary>
internal sealed class ServeFilesCommand : Verb
{
    private readonly Argument<string?> _folder = TextOption.Positional(
        "DIR", "The folder to show, with all that is in it", ArgumentArity.ExactlyOne, text => text);

    private readonly Argument<Endpoint?> _endpoint = TextOption.Positional(
        "ENDPOINT", $"Where: :PORT for this machine only (default :{BuiltIns.Files.Port}), 0.0.0.0:PORT for all",
        ArgumentArity.ZeroOrOne, EndpointText.ToListenAt);

    private readonly Option<bool> _upload = TextOption.Flag(
        "--upload", "Let visitors put files there, by a form or PUT; nothing is ever replaced");

    private readonly Option<long?> _maxUpload = TextOption.Create<long?>(
        "--max-upload", "BYTES", "The most bytes of a file that is put there (default 100M)",
        text => SizeText.ParseLarge(text));

    private readonly Option<bool> _hidden = TextOption.Flag(
        "--hidden", "Show what begins with a dot, too");

    private readonly Option<string?> _login = TextOption.Create(
        "--login", "FILE", "Ask visitors for the name:password in the file's first line; - asks you for it now",
        text => text);

    private readonly PlanOptions _options = new();

    public ServeFilesCommand()
        : base(
            "files",
            "Show a folder to browsers until Ctrl-C",
            new Example("switchboard serve files .", $"this folder at http://localhost:{BuiltIns.Files.Port}/"),
            new Example("switchboard serve files ~/inbox :8000 --upload", "files can be put there, too"),
            new Example("switchboard serve files site 0.0.0.0:8443 --tls --cert c.pem --login who", "to your friends"))
    {
        Arguments.Add(_folder);
        Arguments.Add(_endpoint);
        foreach (var option in (Option[])[_upload, _maxUpload, _hidden, _login, .. _options.OfWebServers])
        {
            Options.Add(option);
        }
    }

    public override string FullName => "serve files";

    public override IEnumerable<JoinedRow> Joined => _options.Joined;

    public override IReadOnlyList<string> Notes =>
    [
        "No link is followed, so nothing leads out of the folder. A folder's index.html is shown in its place.",
        "With --upload, pages and drawings are shown without running what is in them: anybody may have put them there.",
        "The first Ctrl-C or SIGTERM finishes what is under way, with exit code 0; the second resets what is left.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        var listen = invocation.Get(_endpoint) ?? new TcpEndpoint("localhost", BuiltIns.Files.Port);
        var files = new FilesPlan
        {
            Folder = invocation.Get(_folder),
            ShowsHidden = invocation.Get(_hidden),
            TakesUploads = invocation.Get(_upload),
            MaxUploadBytes = invocation.Get(_maxUpload) ?? FilesPlan.DefaultMaxUploadBytes,
            LoginFile = invocation.Get(_login),
        };
        var plan = _options.Read(invocation.Parsed, BuiltIns.Files, listen) with { Files = files };
        await using var servers = await ServerGroup.StartAsync([plan], invocation.Surroundings, invocation.Log);
        servers.Announce();
        return await servers.RunUntilStoppedAsync();
    }
}
