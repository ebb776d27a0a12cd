using System.Net.Sockets;
using Switchboard.Endpoints;

namespace Switchboard;

/// <summary>The path of a Unix domain socket: <c>unix:/run/app.sock</c>, or relative, <c>unix:./app.sock</c>.</summary>
/// <param name="Path">
/// A path that fits into a socket address, <see cref="MaxPathBytes"/>. Several slashes at its start count as one;
/// beyond that it is kept as written, so two spellings of one file are two endpoints.
/// </param>
/// <exception cref="ArgumentException">
/// The path is empty, too long, abstract (<c>@name</c>), or has control characters or white space at an end.
/// </exception>
public sealed record UnixEndpoint(string Path) : Endpoint
{
    /// <summary>
    /// The longest path in UTF-8 that fits into the system's socket address beside its final NUL:
    /// 107 on Linux and Windows, 103 on macOS and FreeBSD.
    /// </summary>
    public static int MaxPathBytes { get; } = OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 103 : 107;

    /// <summary>
    /// A peer without an address of its own, as every client is that did not bind: <c>unix:(unnamed)</c>.
    /// It can be shown and compared, not connected to. A file of that name is written <c>unix:./(unnamed)</c>.
    /// </summary>
    public static UnixEndpoint Unnamed { get; } = new(UnixPath.Unnamed);

    /// <summary>The path; empty for <see cref="Unnamed"/>.</summary>
    /// <exception cref="ArgumentException">It cannot be the path of a socket.</exception>
    public string Path { get; init => field = UnixPath.Canonical(value); } = UnixPath.Canonical(Path);

    /// <inheritdoc/>
    public override string Scheme => "unix";

    /// <summary>Whether this is <see cref="Unnamed"/>, which nobody can connect to or listen at.</summary>
    public bool IsUnnamed => Path.Length == 0;

    private protected override string AfterScheme => IsUnnamed ? UnixPath.Unnamed : Path;

    /// <summary>
    /// The endpoint of a socket address. It never fails, since a peer chooses its own: whatever could not
    /// be written as an endpoint (no name, an abstract one, control characters) becomes <see cref="Unnamed"/>.
    /// </summary>
    public static UnixEndpoint From(UnixDomainSocketEndPoint address)
    {
        var path = address.ToString();
        return UnixPath.Check(path) is null ? new UnixEndpoint(path) : Unnamed;
    }
}
