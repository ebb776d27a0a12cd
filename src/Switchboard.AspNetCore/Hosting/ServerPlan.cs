namespace Switchboard.AspNetCore.Hosting;

/// <summary>Where a server is to listen, and how.</summary>
internal sealed record ServerPlan(Endpoint Endpoint, ServerOptions Options);
