namespace Switchboard.Cli.Configuration;

/// <summary>One entry of a configuration file, as it is written.</summary>
/// <param name="Place">Where it starts.</param>
/// <param name="Members">By key; the keys are known and the values of the right kind.</param>
internal sealed record Entry(Place Place, IReadOnlyDictionary<string, Member> Members);
