namespace Switchboard;

/// <summary>
/// The standard input and output of this process, written <c>-</c>: a connection that is received from the one and sent
/// to the other.
/// </summary>
public sealed record StandardEndpoint : Endpoint
{
    /// <inheritdoc/>
    public override string Scheme => "-";

    private protected override string AfterScheme => "";
}
