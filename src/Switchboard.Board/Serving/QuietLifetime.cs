using Microsoft.Extensions.Hosting;

namespace Switchboard.Board.Serving;

/// <summary>Signals are for the program that the board is a part of; the board lives as long as it says.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
