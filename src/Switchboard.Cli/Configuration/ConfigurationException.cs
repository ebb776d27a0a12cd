namespace Switchboard.Cli.Configuration;

/// <summary>Something in a configuration file that cannot be meant.</summary>
/// <param name="place">Where.</param>
/// <param name="problem">What is there.</param>
/// <param name="expected">What should be there, where the problem does not say it.</param>
internal sealed class ConfigurationException(Place place, string problem, string? expected = null) : Exception(problem)
{
    public Place Place { get; } = place;

    public string? Expected { get; } = expected;
}
