using Switchboard.Endpoints;

namespace Switchboard;

/// <summary>Memory shared by two processes of this machine and this user: <c>shm:bank</c>.</summary>
/// <param name="Name">
/// At most 64 bytes in UTF-8, without slashes, control characters or white space at an end. Case matters.
/// </param>
/// <exception cref="ArgumentException">The name is empty, too long, or has characters it must not have.</exception>
public sealed record SharedMemoryEndpoint(string Name) : Endpoint
{
    /// <summary>The name; case matters.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, or has characters it must not have.</exception>
    public string Name { get; init => field = NameText.Canonical("shm", value); } =
        NameText.Canonical("shm", Name);

    /// <inheritdoc/>
    public override string Scheme => "shm";

    private protected override string AfterScheme => Name;
}
