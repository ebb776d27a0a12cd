namespace Switchboard.Cli.Fetching;

/// <summary>What to fetch, and how.</summary>
internal sealed record FetchPlan
{
    public required Uri Url { get; init; }

    /// <summary>Where the host of <see cref="Url"/> is reached; null for where its name says.</summary>
    public Endpoint? At { get; init; }

    public required HttpMethod Method { get; init; }

    public IReadOnlyList<HeaderLine> Headers { get; init; } = [];

    /// <summary>What is sent along; null for nothing.</summary>
    public RequestBody? Data { get; init; }

    /// <summary>Where the file goes; null for standard output.</summary>
    public string? OutputFile { get; init; }

    /// <summary>Go on where an earlier fetch was cut short.</summary>
    public bool Continues { get; init; }

    /// <summary>Show the answer's status and headers before its body.</summary>
    public bool ShowsHeaders { get; init; }

    /// <summary>Show what passes on the socket.</summary>
    public bool ShowsRaw { get; init; }

    public bool Compressed { get; init; }

    public int MaxRedirects { get; init; }

    /// <summary>How the host of <see cref="Url"/> is connected with; TLS as for https.</summary>
    public required ConnectOptions Connect { get; init; }

    /// <summary>How to speak TLS with hosts that a redirect leads to.</summary>
    public required TlsConnectOptions TlsElsewhere { get; init; }

    /// <summary>How long nothing may pass.</summary>
    public TimeSpan Idle { get; init; }

    /// <summary>How long all of it may take.</summary>
    public TimeSpan MaxTime { get; init; }
}
