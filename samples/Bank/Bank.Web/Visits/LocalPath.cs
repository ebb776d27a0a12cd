namespace Bank.Web.Visits;

/// <summary>A page of this site that a request names.</summary>
public static class LocalPath
{
    private const int MaxChars = 3500;

    /// <summary>The path itself if it cannot lead to any other site; otherwise the first page's.</summary>
    public static string Checked(string? path) =>
        path is ['/', .. { Length: < MaxChars } rest]
        && rest is not ['/' or '\\', ..]
        && path.All(letter => letter is > ' ' and <= '~' and not '\\')
        && !path.StartsWith("/sign-in", StringComparison.Ordinal)
            ? path
            : "/";

    /// <summary>A path with the next page as part of its query.</summary>
    public static string With(string path, string next, string query = "") =>
        $"{path}?{query}next={Uri.EscapeDataString(Checked(next))}";
}
