namespace Switchboard.Board.Lessons;

/// <summary>Which calls a lesson can make, and which members of a step each of them needs.</summary>
internal static class CallShapes
{
    private static readonly Dictionary<string, string[]> Needs = new()
    {
        ["socket"] = ["as", "kind"],
        ["setsockopt"] = ["socket", "option", "value"],
        ["nonblock"] = ["socket"],
        ["bind"] = ["socket"],
        ["listen"] = ["socket", "backlog"],
        ["connect"] = ["socket", "to"],
        ["accept"] = ["socket", "as"],
        ["send"] = ["socket"],
        ["recv"] = ["socket", "count"],
        ["sendto"] = ["socket", "to", "bytes"],
        ["recvfrom"] = ["socket", "count"],
        ["poll"] = ["sockets"],
        ["shutdown"] = ["socket"],
        ["close"] = ["socket"],
        ["dup"] = ["socket", "as"],

        // Within one machine.
        ["mkfifo"] = ["as"],
        ["open"] = ["socket", "as", "kind"],
        ["write"] = ["socket", "bytes"],
        ["read"] = ["socket", "count"],
        ["map"] = ["as", "count"],
        ["store"] = ["socket", "bytes"],
        ["load"] = ["socket", "count"],

        // TLS works on a socket: what is sent and received there is encrypted from here on.
        ["tls"] = ["socket", "kind"],

        // What happens to programs, instead of being called by them.
        ["cut"] = ["socket"],
        ["mend"] = ["socket"],
        ["reset"] = ["socket"],

        // The same to whole connections: to each of these ends that is there.
        ["delay"] = ["sockets", "value"],
        ["slice"] = ["sockets"],
        ["shrink"] = ["sockets"],
    };

    /// <summary>The options that <c>setsockopt</c> can set.</summary>
    public static IReadOnlyList<string> Options { get; } =
    [
        "SO_REUSEADDR", "SO_SNDBUF", "SO_RCVBUF", "SO_KEEPALIVE", "TCP_NODELAY", "TCP_KEEPIDLE", "TCP_KEEPINTVL",
        "TCP_KEEPCNT", "TCP_USER_TIMEOUT",
    ];

    /// <summary>All calls.</summary>
    public static IEnumerable<string> Names => Needs.Keys;

    /// <summary>What is wrong with a step's members; null if nothing is.</summary>
    public static string? ProblemOf(LessonStep step)
    {
        if (!Needs.TryGetValue(step.Call, out var needed))
        {
            return $"there is no call \"{step.Call}\". There are {string.Join(", ", Needs.Keys)}.";
        }

        var missing = needed.FirstOrDefault(member => !Has(step, member));
        if (missing is not null)
        {
            return $"{step.Call} needs \"{missing}\".";
        }

        if (step.Option is not null && !Options.Contains(step.Option))
        {
            return $"there is no option {step.Option}. There are {string.Join(", ", Options)}.";
        }

        return step.Kind is not null && !KindsOf(step.Call).Contains(step.Kind)
            ? $"{step.Call} knows no kind \"{step.Kind}\", only {string.Join(" and ", KindsOf(step.Call))}."
            : null;
    }

    private static string[] KindsOf(string call) => call switch
    {
        "socket" => ["tcp", "udp"],
        "open" => ["read", "write"],
        "tls" => ["client", "server"],
        "poll" => ["read", "write"],
        "load" => ["wait"],
        _ => [],
    };

    private static bool Has(LessonStep step, string member) => member switch
    {
        "socket" => step.Socket is not null,
        "as" => step.As is not null,
        "to" => step.To is not null,
        "kind" => step.Kind is not null,
        "backlog" => step.Backlog is not null,
        "bytes" => step.Bytes is not null,
        "count" => step.Count is not null,
        "option" => step.Option is not null,
        "value" => step.Value is not null,
        _ => step.Sockets is { Count: > 0 },
    };
}
