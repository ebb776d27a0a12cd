using Microsoft.Extensions.Hosting;

namespace Switchboard.Cli.Web;

/// <summary>The command itself hears signals; its web servers live as long as it says.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
