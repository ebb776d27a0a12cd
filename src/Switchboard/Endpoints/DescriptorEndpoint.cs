using System.Globalization;
using Switchboard.Endpoints;

namespace Switchboard;

/// <summary>An open descriptor that this process was started with, such as <c>fd:3</c>.</summary>
/// <param name="Number">0 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
public sealed record DescriptorEndpoint(int Number) : Endpoint
{
    /// <summary>0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Number { get; init => field = DescriptorText.InRange(value); } = DescriptorText.InRange(Number);

    /// <inheritdoc/>
    public override string Scheme => "fd";

    private protected override string AfterScheme => Number.ToString(CultureInfo.InvariantCulture);
}
