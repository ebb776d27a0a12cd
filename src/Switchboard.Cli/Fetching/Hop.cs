namespace Switchboard.Cli.Fetching;

/// <summary>One request on the way to the answer.</summary>
/// <param name="Url">What is asked for.</param>
/// <param name="Method">How.</param>
/// <param name="SendsData">Whether the data of the plan go along.</param>
internal sealed record Hop(Uri Url, HttpMethod Method, bool SendsData)
{
    /// <summary>Whether two addresses are of one server: scheme, host and port.</summary>
    public static bool IsSameOrigin(Uri one, Uri other) => Uri.Compare(
        one, other, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
