using System.CommandLine;
using Switchboard.Cli.Conversations;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Fetching;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;
using Switchboard.Cli.Tls;

namespace Switchboard.Cli.Commands;

/// <summary><c>fetch</c>: a page of the web to standard output, or into a file.</summary>
internal sealed class FetchCommand : Verb
{
    private const int DefaultRedirects = 10;

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DefaultIdle = TimeSpan.FromMinutes(1);

    private readonly Argument<Uri?> _url = TextOption.Positional(
        "URL", "What to fetch: http://host:port/path or https://…; :port/path is this machine's",
        ArgumentArity.ExactlyOne, UrlText.Parse);

    private readonly Option<Endpoint?> _at = TextOption.Create(
        "--at", "ENDPOINT", "Where the URL's host is to be reached instead: unix:/path, host:port, pipe:name",
        EndpointText.ToConnectTo);

    private readonly Option<bool> _include = WithLetter(
        TextOption.Flag("--include", "Show the status and the headers of the answer as well"), "-i");

    private readonly Option<bool> _head = WithLetter(
        TextOption.Flag("--head", "Ask for the headers only, and show them"), "-I");

    private readonly Option<string?> _output = WithLetter(
        TextOption.Create("--output", "FILE", "Save the body; FILE is there once all of it is", text => text), "-o");

    private readonly Option<bool> _continue = TextOption.Flag(
        "--continue", "Go on with FILE where an earlier fetch was cut short, if it is still the same file");

    private readonly Option<HttpMethod?> _method = WithLetter(
        TextOption.Create("--request", "METHOD", "GET by default, POST with --data", ParseMethod), "-X");

    private readonly Option<IReadOnlyList<HeaderLine>?> _headers = WithLetter(
        TextOption.Several(
            "--header", "'NAME: VALUE'", "Send this header, may be there often; without a value leave it out",
            HeaderLine.Parse),
        "-H");

    private readonly Option<RequestBody?> _data = WithLetter(
        TextOption.Create(
            "--data", "TEXT|@FILE", "Send this along, as it is; @- is standard input", RequestBody.Parse),
        "-d");

    private readonly Option<string?> _login = TextOption.Create(
        "--login", "FILE", "Prove a name and a password: name:password in the file's first line", text => text);

    private readonly Option<bool> _compressed = TextOption.Flag(
        "--compressed", "Let the server compress the body on its way");

    private readonly Option<bool> _raw = TextOption.Flag(
        "--raw", "Show each byte that passes, both ways, in marked lines on standard error");

    private readonly Option<int?> _maxRedirects = TextOption.Create<int?>(
        "--max-redirects", "N", $"How often the server may send elsewhere (default {DefaultRedirects}); 0 to stay",
        text => CountText.Parse(text, least: 0, most: 1000));

    private readonly Option<TimeSpan?> _timeout = TextOption.Create<TimeSpan?>(
        "--timeout", "TIME", $"How long connecting may take (default {TimeText.Show(DefaultTimeout)})",
        text => TimeText.ParseWait(text));

    private readonly Option<TimeSpan?> _idle = TextOption.Create<TimeSpan?>(
        "--idle", "TIME", $"Give up when nothing passes for so long (default {TimeText.Show(DefaultIdle)})",
        text => TimeText.ParseWait(text));

    private readonly Option<TimeSpan?> _maxTime = TextOption.Create<TimeSpan?>(
        "--max-time", "TIME", "How long all of it may take (default never)", text => TimeText.ParseWait(text));

    private readonly ConnectTlsOptions _tls = new(OptionNames.Plain);

    private readonly Option<string?> _engine = EngineOption.Create();

    public FetchCommand()
        : base(
            "fetch",
            "Fetch a page of the web, to standard output or into a file",
            new("switchboard fetch http://localhost:8000/", "the page; -i shows the headers before it"),
            new("switchboard fetch http://localhost:8000/ --raw", "all that passes on the socket, too"),
            new("switchboard fetch https://example.com/big.iso -o big.iso --continue", "a file, or its rest"),
            new("switchboard fetch http://localhost/ --at unix:/run/app.sock", "a server at a unix socket"),
            new("switchboard fetch :8000/items -X PUT -d @new.json", "send something"))
    {
        Arguments.Add(_url);
        foreach (var option in (Option[])
            [
                _include, _head, _output, _continue, _method, _headers, _data, _login, _compressed, _raw, _at,
                _maxRedirects, _timeout, _idle, _maxTime, .. _tls.OfUrls, _engine,
            ])
        {
            Options.Add(option);
        }
    }

    public override IEnumerable<JoinedRow> Joined => _tls.Joined;

    public override IReadOnlyList<string> Notes =>
    [
        "It speaks HTTP/1.1. A redirect out of https is refused; one to another host gets neither login nor cookies,",
        "nor any other header of yours but Accept, Accept-Language, User-Agent and Content-Type.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        var plan = Plan(invocation);
        var server = plan.At ?? new TlsEndpoint(plan.Url.DnsSafeHost, plan.Url.Port);
        if (_tls.WarningFor(invocation.Parsed, server) is { } warning)
        {
            invocation.Log.Write(warning);
        }

        if (invocation.Surroundings.Engines.FallbackOf(invocation.Get(_engine)) is { } problem)
        {
            invocation.Log.Write(new EngineFallbackEvent(problem));
        }

        using var fetch = new Fetch(plan, invocation.Surroundings, invocation.Log);
        return await fetch.RunAsync();
    }

    private static T WithLetter<T>(T option, string letter)
        where T : Option
    {
        option.Aliases.Add(letter);
        return option;
    }

    private static HttpMethod? ParseMethod(string text)
    {
        try
        {
            return text == "CONNECT" ? throw new FormatException() : new HttpMethod(text);
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new FormatException($"'{text}' is no method of HTTP. Write GET, POST, PUT, DELETE.", error);
        }
    }

    private FetchPlan Plan(Invocation invocation)
    {
        var url = invocation.Get(_url)!;
        RefuseContradictions(invocation);
        var tls = _tls.Read(invocation.Parsed, url, invocation.Surroundings) ?? new();
        tls = tls with { ApplicationProtocols = ["http/1.1"] };
        return new FetchPlan
        {
            Url = url,
            At = invocation.Get(_at),
            Method = MethodOf(invocation),
            Headers = HeadersOf(invocation),
            Data = invocation.Get(_data),
            OutputFile = invocation.Get(_output) is "-" ? null : invocation.Get(_output),
            Continues = invocation.Get(_continue),
            ShowsHeaders = invocation.Get(_include) || invocation.Get(_head),
            ShowsRaw = invocation.Get(_raw),
            Compressed = invocation.Get(_compressed),
            MaxRedirects = invocation.Get(_maxRedirects) ?? DefaultRedirects,
            Idle = invocation.Get(_idle) ?? DefaultIdle,
            MaxTime = invocation.Get(_maxTime) ?? System.Threading.Timeout.InfiniteTimeSpan,
            TlsElsewhere = tls with { Certificate = null, ServerName = null },
            Connect = new ConnectOptions
            {
                Tls = tls,
                Engine = invocation.Surroundings.Engines.Choose(invocation.Get(_engine)),
                Timeout = invocation.Get(_timeout) ?? DefaultTimeout,
                Connection = ConversationOptions.ConnectionOptionsFor(invocation.Surroundings.Time),
            },
        };
    }

    private HttpMethod MethodOf(Invocation invocation) => invocation.Get(_method)
        ?? (invocation.Get(_head) ? HttpMethod.Head
            : invocation.Get(_data) is not null ? HttpMethod.Post
            : HttpMethod.Get);

    private IReadOnlyList<HeaderLine> HeadersOf(Invocation invocation)
    {
        var given = invocation.Get(_headers) ?? [];
        return invocation.Get(_login) is { } file
            ? [.. given, Login.Read(invocation.Surroundings.Folder, file)]
            : given;
    }

    private void RefuseContradictions(Invocation invocation)
    {
        var intoFile = invocation.Get(_output) is not (null or "-");
        var (continues, compressed) = (invocation.Get(_continue), invocation.Get(_compressed));
        var problem = (continues, intoFile, compressed, invocation.Get(_include)) switch
        {
            (true, false, _, _) => ("--continue goes on with a file.", "Name it: --output FILE"),
            (true, _, true, _) => ("--continue and --compressed exclude each other.", "Leave --compressed out."),
            (_, true, _, true) => ("--include has no place in a file.", "Leave --output or --include out."),
            _ when intoFile && invocation.Get(_head) => ("--head has no body to save.", "Leave --output out."),
            _ when continues && MethodOf(invocation) != HttpMethod.Get =>
                ("--continue is for files that are only asked for.", "Leave --data and --request out."),
            _ when invocation.Get(_at) is UdpEndpoint => ("HTTP needs a stream, and --at names datagrams.", "Use TCP."),
            _ => default,
        };
        if (problem.Item1 is not null)
        {
            throw new FailureException(new Failure(ExitCode.Usage, problem.Item1, Next: problem.Item2));
        }
    }
}
