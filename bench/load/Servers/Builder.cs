namespace Switchboard.Bench.Load.Servers;

/// <summary>Builds servers of other languages; those of .NET were built with this program.</summary>
internal static class Builder
{
    /// <returns>Why the server cannot be measured here; null when it can be.</returns>
    public static string? Prepare(ServerKind kind)
    {
        if (kind.Needs.FirstOrDefault(program => !Programs.Exist(program)) is { } missing)
        {
            return $"no {missing} on this machine";
        }

        if (kind.Build.Count == 0)
        {
            return null;
        }

        Directory.CreateDirectory(Places.Built);
        return Programs.Run(kind.Build) is { } failure
            ? $"{kind.Build[0]} failed: {failure.Split('\n')[0]}"
            : null;
    }
}
