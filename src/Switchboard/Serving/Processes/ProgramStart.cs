namespace Switchboard.Serving.Processes;

/// <summary>What to start.</summary>
/// <param name="Path">A path, or a name to be looked for in PATH.</param>
/// <param name="Arguments">What it is called by, and what it is given.</param>
/// <param name="Environment">Its whole environment.</param>
internal sealed record ProgramStart(
    string Path,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>
    /// Under which number the program finds the connection; null for standard input and output. Otherwise those are
    /// nothing, and this process's output.
    /// </summary>
    public int? Descriptor { get; init; }

    /// <summary>Starts it.</summary>
    /// <param name="connection">The descriptor of the connection, which stays the caller's.</param>
    public Child Start(int connection)
    {
        if (Descriptor is not { } number)
        {
            return Children.Start(
                () => Spawn.Start(Path, Arguments, Environment, [(connection, 0), (connection, 1)]));
        }

        using var nothing = File.OpenHandle("/dev/null");
        return Children.Start(() => Spawn.Start(
            Path, Arguments, Environment, [(connection, number), ((int)nothing.DangerousGetHandle(), 0)]));
    }
}
