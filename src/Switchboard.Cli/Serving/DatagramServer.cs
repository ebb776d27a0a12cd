using Switchboard.Cli.Failures;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Serving;

/// <summary>A built-in service that answers datagrams, one after the other, whoever sends them.</summary>
internal sealed class DatagramServer : IAsyncDisposable
{
    // Two services that answered each other would never stop, and a stranger could set them up to.
    private const int FirstPortAnswered = 1024;

    private readonly DatagramSocket _socket;
    private readonly DatagramAnswer _answer;
    private readonly EventLog _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly byte[] _buffer = new byte[ushort.MaxValue];
    private long _received;
    private long _answered;
    private long _failed;

    private DatagramServer(
        ServingPlan plan, DatagramSocket socket, DatagramAnswer answer, Engine engine, EventLog log)
    {
        Plan = plan;
        Engine = engine;
        _socket = socket;
        _answer = answer;
        _log = log;
        Serving = ServeAsync();
    }

    public ServingPlan Plan { get; }

    public Engine Engine { get; }

    public UdpEndpoint Local => _socket.Local;

    /// <summary>Ends when it is stopped, or breaks.</summary>
    public Task Serving { get; }

    public DatagramTotals Totals => new(
        Interlocked.Read(ref _received), Interlocked.Read(ref _answered), Interlocked.Read(ref _failed));

    /// <exception cref="BindException">The endpoint cannot be had.</exception>
    /// <exception cref="FailureException">The plan asks for what datagrams do not have, or for no engine.</exception>
    public static async Task<DatagramServer> StartAsync(ServingPlan plan, Surroundings surroundings, EventLog log)
    {
        var answer = DatagramAnswers.For(plan.Service, surroundings.Time);
        if (answer is null || plan.Framing is not null || plan.Limits != new ServerLimits())
        {
            throw new FailureException(Misfit(plan, answer));
        }

        var engine = surroundings.Engines.Choose(plan.Engine);
        var options = new DatagramOptions { Engine = engine, TimeProvider = surroundings.Time };
        var socket = await DatagramSocket.BindAsync(plan.Listen, options, surroundings.Interrupts.Stop);
        return new DatagramServer(plan, socket, answer, engine, log);
    }

    /// <summary>Answers what has come already, and nothing after that.</summary>
    /// <param name="stopNow">Answers nothing any more.</param>
    public async Task StopAsync(CancellationToken stopNow)
    {
        await _stopping.CancelAsync();
        await Serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var patience = new CancellationTokenSource();
        while (!stopNow.IsCancellationRequested
            && _socket.ReceiveAsync(_buffer, patience.Token).AsTask() is { IsCompletedSuccessfully: true } waiting)
        {
            await AnswerAsync(await waiting);
        }

        await patience.CancelAsync();
        await _socket.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _socket.DisposeAsync();
        await Serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private static Failure Misfit(ServingPlan plan, DatagramAnswer? answer) => answer is null
        ? new(ExitCode.Usage, $"{plan.Service.Name} answers no datagrams.", Next: "Serve it at tcp:// or unix:.")
        : new(
            ExitCode.Usage,
            $"{plan.Listen} takes datagrams, which have neither frames nor connections.",
            Next: "Leave framing and the limits on connections out, or serve it at tcp:// or unix:.");

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await _socket.ReceiveAsync(_buffer, _stopping.Token));
            }
        }
        catch (Exception error) when (
            error is ObjectDisposedException || _stopping.IsCancellationRequested)
        {
            // It was told to stop.
        }
    }

    private async ValueTask AnswerAsync(ReceivedDatagram request)
    {
        _received++;
        if (_answer(_buffer.AsMemory(0, request.Length)) is not { } answer || request.From.Port < FirstPortAnswered)
        {
            return;
        }

        try
        {
            await _socket.SendToAsync(answer, request.From);
            _answered++;
        }
        catch (Exception error) when (error is ConnectionException or InvalidOperationException
            && error is not ObjectDisposedException)
        {
            if (_failed++ == 0)
            {
                _log.Write(new AnswerFailedEvent(Plan.Service.Name, request.From.ToEndpoint(), error.Message));
            }
        }
    }
}
