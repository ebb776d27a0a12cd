using Switchboard.Serving.Processes;
using Switchboard.Transports;

namespace Switchboard;

/// <summary>
/// A program that serves one connection, which is its standard input and output: as inetd starts programs. Linux only.
/// </summary>
public sealed class ServerProgram
{
    private readonly string[] _arguments;

    /// <param name="path">A path, or a name to be looked for in PATH. No shell is asked.</param>
    /// <param name="arguments">What it is given.</param>
    public ServerProgram(string path, params IEnumerable<string> arguments)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
        _arguments = [.. arguments];
    }

    /// <summary>A path, or a name to be looked for in PATH.</summary>
    public string Path { get; }

    /// <summary>Whether there is such a program now. Starting it may still fail, and says why.</summary>
    public bool Exists => ProgramFile.Find(Path) is not null;

    /// <summary>What it is given.</summary>
    public IReadOnlyList<string> Arguments => _arguments;

    /// <summary>
    /// What its environment holds besides the usual (PATH, HOME, USER, LOGNAME, SHELL, LANG, LC_…, TZ, TMPDIR and
    /// DOTNET_…) and the conversation's own: SWITCHBOARD_LOCAL and SWITCHBOARD_REMOTE, the endpoints. Nothing else of
    /// this process's environment is passed on, as it may hold secrets. Default nothing.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Starts the program for one connection and waits until it has ended. It can stand where a handler is asked for.
    /// Where the connection is a socket the program gets it, and what it receives and sends is not counted here;
    /// otherwise (TLS, memory) the bytes are passed on.
    /// </summary>
    /// <param name="connection">Nobody else may use it meanwhile. Resetting it ends the program.</param>
    /// <param name="stopping">Asks the program to end, by SIGTERM.</param>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    /// <exception cref="IOException">The program cannot be started; the message says why.</exception>
    /// <exception cref="ConnectionException">It was killed, or its exit code was not 0.</exception>
    public Task ServeAsync(Connection connection, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var start = new ProgramStart(Path, [Path, .. _arguments], ProgramEnvironment.Scrubbed(connection, Environment));
        return ProgramRun.RunAsync(start, connection, stopping);
    }

    /// <inheritdoc/>
    public override string ToString() => ExecEndpoint.From(Path, _arguments).Command;
}
