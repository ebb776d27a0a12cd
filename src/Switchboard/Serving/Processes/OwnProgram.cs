using System.Text;

namespace Switchboard.Serving.Processes;

/// <summary>
/// This program, started again for one connection. The environment tells the new process which start of a server is
/// meant: the endpoint, and how many starts at that endpoint came before.
/// </summary>
internal static class OwnProgram
{
    private const string Variable = "SWITCHBOARD_SERVES";

    /// <summary>Where such a process finds its connection.</summary>
    public const int Descriptor = 3;

    private static readonly Lock Counting = new();
    private static readonly Dictionary<string, int> Starts = [];

    /// <summary>Which start of a server this process is for; null if it was not started for one connection.</summary>
    public static string? MeantStart { get; } = ReadOnce();

    /// <summary>A name for a start of a server, the same one in this process and in those it starts.</summary>
    public static string NextStart(Endpoint endpoint)
    {
        lock (Counting)
        {
            var before = Starts.GetValueOrDefault($"{endpoint}");
            Starts[$"{endpoint}"] = before + 1;
            return $"{before} {endpoint}";
        }
    }

    /// <summary>A handler that has a new process of this program serve the connection.</summary>
    /// <param name="start">Which start of a server it is to be there.</param>
    public static ConnectionHandler Handler(string start)
    {
        var program = new ProgramStart(
            Environment.ProcessPath ?? throw new PlatformNotSupportedException("This program's own file is unknown."),
            ReadOwnArguments(),
            ProgramEnvironment.OwnWith(Variable, start)) { Descriptor = Descriptor };
        return (connection, stopping) => ProgramRun.RunAsync(program, connection, stopping);
    }

    // What this process starts in its turn is not meant.
    private static string? ReadOnce()
    {
        var meant = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return meant;
    }

    // As the kernel keeps them: the framework's leave out what a host such as "dotnet" took for itself.
    private static string[] ReadOwnArguments() =>
        Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).TrimEnd('\0').Split('\0');
}
