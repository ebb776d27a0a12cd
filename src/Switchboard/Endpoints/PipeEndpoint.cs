using Switchboard.Endpoints;

namespace Switchboard;

/// <summary>A named pipe of this machine and this user, as .NET knows them: <c>pipe:bank</c>.</summary>
/// <param name="Name">
/// At most 64 bytes in UTF-8, without slashes, control characters or white space at an end. Case matters.
/// </param>
/// <exception cref="ArgumentException">The name is empty, too long, or has characters it must not have.</exception>
public sealed record PipeEndpoint(string Name) : Endpoint
{
    /// <summary>The name; case matters.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, or has characters it must not have.</exception>
    public string Name { get; init => field = NameText.Canonical("pipe", value); } =
        NameText.Canonical("pipe", Name);

    /// <summary>
    /// The file of the unix socket that the pipe is on every system but Windows, where programs that do not know .NET
    /// meet it; null on Windows.
    /// </summary>
    public string? SocketPath =>
        OperatingSystem.IsWindows() ? null : Path.Combine(Path.GetTempPath(), $"CoreFxPipe_{Name}");

    /// <inheritdoc/>
    public override string Scheme => "pipe";

    private protected override string AfterScheme => Name;
}
