using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Kernel;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Reporting;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Verbs;

/// <summary>The comparison of all servers in all cells.</summary>
internal sealed class GridVerb
{
    private static readonly Cell WarmUpCell = new(50, 32, 1);

    private readonly LoadOptions _options;
    private readonly GridPlan _plan;
    private readonly TextWriter _output;
    private readonly GridResults _results = new();

    private GridVerb(LoadOptions options, GridPlan plan, TextWriter output)
    {
        _options = options;
        _plan = plan;
        _output = output;
    }

    public static void Run(LoadOptions options, TextWriter output)
    {
        var plan = GridPlan.Prepare(options, Roster.Call(options.Servers ?? ServerTable.All));
        foreach (var (name, reason) in plan.Skipped)
        {
            output.WriteLine($"{name} skipped: {reason}");
        }

        output.WriteLine($"{plan.Servers.Count} servers, {plan.Cells.Count} cells, {plan.Rounds} rounds: "
            + $"about {Math.Ceiling(plan.Estimate.TotalMinutes)} min.");
        new GridVerb(options, plan, output).RunRounds();
    }

    private void RunRounds()
    {
        for (var round = 0; round < _plan.Rounds; round++)
        {
            // New processes each round: where a process happens to lie in memory, and what its compiler happened to
            // see, is chance that belongs into the spread.
            var servers = StartAll();
            try
            {
                RunCells(round, servers);
            }
            finally
            {
                servers.ForEach(server => server.Dispose());
            }

            // Whoever loses patience has the rounds so far.
            var path = GridReport.Of(_options, _plan, _results, round + 1).Write();
            _output.WriteLine($"round {round + 1} of {_plan.Rounds}: {path}");
        }
    }

    private List<RunningServer> StartAll()
    {
        var servers = new List<RunningServer>();
        foreach (var kind in _plan.Servers)
        {
            try
            {
                var server = RunningServer.Start(kind, _options.Cores);
                servers.Add(server);
                using var alone = MachineTurn.Take();
                using var load = new EchoLoad(WarmUpCell, kind.Shape, _options.Check);
                load.Connect(server.Port);
                load.Run(_plan.FirstWarmUp);
            }
            catch (LoadException failure)
            {
                _plan.Cells.ToList().ForEach(cell => Report(cell, kind, failure));
            }
        }

        return servers;
    }

    private void RunCells(int round, List<RunningServer> servers)
    {
        foreach (var (number, cell) in _plan.Cells.Index())
        {
            // Each server comes first now and then, and has another neighbour's leavings before it.
            var first = (round + number) % servers.Count;
            foreach (var server in servers.Skip(first).Concat(servers.Take(first)))
            {
                if (server.Kind.Takes(cell))
                {
                    RunOne(round, cell, server);
                }
            }
        }
    }

    private void RunOne(int round, Cell cell, RunningServer server)
    {
        try
        {
            var sample = Meter.Measure(server, cell, _plan.Timing, _options.Check);
            _results.Add(cell, server.Kind.Name, round, sample);
            _output.WriteLine(SampleLine.Of(server.Kind, cell, sample));
        }
        catch (LoadException failure)
        {
            Report(cell, server.Kind, failure);
        }
    }

    private void Report(Cell cell, ServerKind kind, LoadException failure)
    {
        _results.AddFailure(cell, kind.Name, failure.Message);
        _output.WriteLine($"{kind.Name,-20} {cell,-12} failed: {failure.Message}");
    }
}
