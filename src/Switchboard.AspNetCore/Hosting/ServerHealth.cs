using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Switchboard.AspNetCore.Hosting;

/// <summary>
/// Healthy while the server accepts, degraded while it is full, unhealthy before it listens and once it no longer does.
/// </summary>
internal sealed class ServerHealth(HostedServer hosted) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default) => Task.FromResult(Look());

    private HealthCheckResult Look()
    {
        if (hosted is not { Server: { } server, Plan: { } plan })
        {
            return HealthCheckResult.Unhealthy("The server has not started.");
        }

        var now = server.GetStatistics();
        var facts = new Dictionary<string, object>
        {
            ["endpoint"] = server.Local.ToString(),
            ["open"] = now.Open,
            ["accepted"] = now.Accepted,
            ["refused"] = now.Refused,
            ["handlersFailed"] = now.HandlersFailed,
        };
        if (hosted.IsStopping || server.Accepting.IsCompleted)
        {
            return HealthCheckResult.Unhealthy($"{server.Local} accepts nobody any more.", data: facts);
        }

        var most = plan.Options.Limits.MaxConnections;
        if (now.Open >= most)
        {
            return HealthCheckResult.Degraded($"{server.Local} has {most} connections, the most allowed.", data: facts);
        }

        return server.Local is not MemoryEndpoint && DescriptorBudget.Left == 0
            ? HealthCheckResult.Degraded($"{server.Local} accepts nobody: few descriptors are left.", data: facts)
            : HealthCheckResult.Healthy($"{server.Local} has {now.Open} connections of {most}.", facts);
    }
}
