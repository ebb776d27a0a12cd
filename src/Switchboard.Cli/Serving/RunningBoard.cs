using Switchboard.Board;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Serving;

/// <summary>A plan that became a board.</summary>
internal sealed record RunningBoard(ServingPlan Plan, BoardServer Server, Engine Engine) : IAsyncDisposable
{
    /// <param name="plan">Where.</param>
    /// <param name="nameOf">What servers of this process are called.</param>
    /// <param name="surroundings">Time, and where the token is kept.</param>
    /// <exception cref="BindException">The endpoint cannot be had.</exception>
    /// <exception cref="FailureException">No browser gets to such an endpoint.</exception>
    public static async Task<RunningBoard> StartAsync(
        ServingPlan plan, Func<Endpoint, string?> nameOf, Surroundings surroundings)
    {
        if (plan.Listen is not TcpEndpoint)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, $"The board is a page for browsers, and they do not get to {plan.Listen}.",
                Next: $"Name :PORT, such as :{BuiltIns.Board.Port}."));
        }

        var engine = surroundings.Engines.Choose(plan.Engine);
        var options = new BoardOptions
        {
            Listen = plan.Listen,
            Engine = engine,
            NameOf = nameOf,
            Token = BoardToken.Find(surroundings),
            TimeProvider = surroundings.Time,
        };
        var server = await BoardServer.StartAsync(options, surroundings.Interrupts.Stop);
        return new RunningBoard(plan, server, engine);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
