using System.Net;
using System.Text;
using Switchboard.Cli.Conversations;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Fetching;

/// <summary>Fetches one page: to standard output, as events, or into a file.</summary>
internal sealed class Fetch : IDisposable
{
    private readonly FetchPlan _plan;
    private readonly Surroundings _surroundings;
    private readonly EventLog _log;
    private readonly Patience _patience;
    private readonly Caller _caller;
    private readonly long _began;

    public Fetch(FetchPlan plan, Surroundings surroundings, EventLog log)
    {
        _plan = plan;
        _surroundings = surroundings;
        _log = log;
        _began = surroundings.Time.GetTimestamp();
        _patience = new Patience(plan.Idle, plan.MaxTime, surroundings.Time, surroundings.Interrupts.Stop);
        _caller = new Caller(plan, surroundings, _patience, Tell, log.Say);
    }

    private bool TellsPrograms => _log.Format == EventFormat.Json;

    private bool TellsPeople => !TellsPrograms && _surroundings.Terminals.HasFlag(Terminals.Error);

    /// <summary>Fetches it.</summary>
    /// <returns>0; failures are thrown.</returns>
    /// <exception cref="FailureException">It did not come, or not all of it; or the server says no.</exception>
    /// <exception cref="OperationCanceledException">A signal cut it short.</exception>
    /// <exception cref="IOException">Standard output cannot be written to.</exception>
    public async Task<int> RunAsync()
    {
        try
        {
            await (_plan.OutputFile is { } file ? SaveAsync(file) : ShowAsync());
            return ExitCode.Done;
        }
        catch (Exception error) when (_surroundings.Interrupts.Stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, _surroundings.Interrupts.Stop);
        }
        catch (Exception error) when (_patience.Explain(_plan.Url) is { } failure && error is not FailureException)
        {
            throw new FailureException(failure, error);
        }
        catch (Exception error) when (error is HttpRequestException or HttpIOException or ConnectionException)
        {
            throw FetchFailures.Explain(error, _plan.Url);
        }
    }

    public void Dispose() => _patience.Dispose();

    private async Task ShowAsync()
    {
        await using var answer = await _caller.AskAsync(resume: null);
        var payload = Transcript.PayloadFor(_surroundings, framing: null);
        if (_plan.ShowsHeaders && !TellsPrograms)
        {
            await payload.WriteAsync(Encoding.UTF8.GetBytes(answer.Head));
        }

        var received = await CopyAsync(answer, piece => ShowAsync(piece, payload));
        await payload.FinishAsync();
        if (payload.TakeOpenLine() && TellsPeople)
        {
            _log.Say("");
        }

        Tell(new FetchEndedEvent(answer.Status, received, _surroundings.Time.GetElapsedTime(_began)));
        if (answer.Status >= (int)HttpStatusCode.BadRequest)
        {
            throw FetchFailures.FromStatus(answer, next: null);
        }
    }

    private async ValueTask ShowAsync(ReadOnlyMemory<byte> piece, IPayload payload)
    {
        // On one terminal the marked lines show it already.
        const Terminals Both = Terminals.Output | Terminals.Error;
        if (TellsPrograms)
        {
            _log.Write(new BodyEvent(piece));
        }
        else if (!_plan.ShowsRaw || !_surroundings.Terminals.HasFlag(Both))
        {
            await payload.WriteAsync(piece);
        }
    }

    private async Task SaveAsync(string file)
    {
        var isDumb = _surroundings.Variable("TERM") == "dumb";
        var download = new Download(_plan, file, _surroundings, _caller, CopyAsync)
        {
            Warn = _log.Write,
            TellProgress = TellsPrograms ? _log.Write : null,
            ShowsProgress = TellsPeople && !isDumb && !_plan.ShowsRaw,
        };
        Tell(await download.RunAsync());
    }

    private async Task<long> CopyAsync(Answer answer, Func<ReadOnlyMemory<byte>, ValueTask> take)
    {
        const int BufferBytes = 64 * 1024;
        var buffer = new byte[BufferBytes];
        var total = 0L;
        await using var body = await answer.Response.Content.ReadAsStreamAsync(_patience.Token);
        while (await body.ReadAsync(buffer, _patience.Token) is > 0 and var count)
        {
            total += count;
            await take(buffer.AsMemory(0, count));
        }

        return total;
    }

    private void Tell(ConsoleEvent happened)
    {
        // People came for the page; how it came is shown to who asks for it (--raw, --json).
        if (TellsPrograms || (TellsPeople && happened is RedirectedEvent or SavedEvent))
        {
            _log.Write(happened);
        }
    }
}
