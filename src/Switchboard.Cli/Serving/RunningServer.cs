namespace Switchboard.Cli.Serving;

/// <summary>A plan that became a server.</summary>
internal sealed record RunningServer(ServingPlan Plan, Server Server, Engine Engine);
