using Switchboard.Cli.Failures;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Serving;

/// <summary>A relay that hears datagrams, until a signal comes.</summary>
/// <param name="service">How it is called.</param>
/// <param name="surroundings">Signals.</param>
/// <param name="log">Where events go.</param>
internal sealed class DatagramRelayRun(string service, Surroundings surroundings, EventLog log)
{
    /// <param name="from">Where to hear.</param>
    /// <param name="to">Where to connect each address to.</param>
    /// <param name="options">With the engine and an observer.</param>
    /// <param name="engine">The engine's name as it was typed; null if it was not.</param>
    /// <returns>0 when everybody could finish; otherwise the code of the signal.</returns>
    /// <exception cref="BindException">The endpoint cannot be had.</exception>
    /// <exception cref="IOException">Events cannot be written any more.</exception>
    public async Task<int> RunAsync(UdpEndpoint from, Endpoint to, RelayOptions options, string? engine)
    {
        await using var relay = await DatagramRelay.StartAsync(from, to, options, surroundings.Interrupts.Stop);
        log.Write(new ListeningEvent(service, relay.Local, options.Datagrams.Engine!.Name));
        if (ExposedEvent.IsDue(relay.Local))
        {
            log.Write(new ExposedEvent(service, relay.Local));
        }

        if (surroundings.Engines.FallbackOf(engine) is { } problem)
        {
            log.Write(new EngineFallbackEvent(problem));
        }

        var ended = await Task.WhenAny(relay.Relaying, UntilStopped.WaitAsync(surroundings, log));
        if (!log.OutputBroken.IsCancellationRequested)
        {
            log.Write(new StoppingEvent(relay.GetStatistics().Open, options.DrainTimeout));
        }

        var drained = await relay.StopAsync(cancellationToken: surroundings.Interrupts.StopNow);
        log.ThrowIfBroken();
        log.Write(new RelayEndEvent(relay.GetStatistics(), drained));
        await ended;
        return drained.Aborted == 0 ? ExitCode.Done : surroundings.Interrupts.ExitCode;
    }
}
