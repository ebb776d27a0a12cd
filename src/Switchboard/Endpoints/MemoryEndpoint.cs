using Switchboard.Endpoints;

namespace Switchboard;

/// <summary>A name within this process, for connections that never leave its memory: <c>memory:bank</c>.</summary>
/// <param name="Name">Any text without control characters or white space at an end; case matters.</param>
/// <exception cref="ArgumentException">The name is empty or has characters it must not have.</exception>
public sealed record MemoryEndpoint(string Name) : Endpoint
{
    /// <summary>The name; case matters.</summary>
    /// <exception cref="ArgumentException">It is empty or has characters it must not have.</exception>
    public string Name { get; init => field = NameText.Canonical("memory", value); } =
        NameText.Canonical("memory", Name);

    /// <inheritdoc/>
    public override string Scheme => "memory";

    private protected override string AfterScheme => Name;
}
