namespace Switchboard.Bench.Load.Servers;

/// <summary>Builds servers of other languages; those of .NET were built with this program.</summary>
internal static class Builder
{
    /// <returns>Why the server cannot be measured here; null when it can be.</returns>
    public static string? Prepare(ServerKind kind) => Prepare(kind.Needs, kind.Build);

    /// <inheritdoc cref="Prepare(ServerKind)"/>
    /// <param name="needs">Programs that must be on this machine.</param>
    /// <param name="build">The program that builds it, and its arguments; empty when there is nothing to build.</param>
    public static string? Prepare(IEnumerable<string> needs, IReadOnlyList<string> build)
    {
        if (needs.FirstOrDefault(program => !Programs.Exist(program)) is { } missing)
        {
            return $"no {missing} on this machine";
        }

        if (build.Count == 0)
        {
            return null;
        }

        Directory.CreateDirectory(Places.Built);
        return Programs.Run(build) is { } failure
            ? $"{build[0]} failed: {failure.Split('\n')[0]}"
            : null;
    }
}
