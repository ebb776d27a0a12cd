using Bank.Database;
using Bank.Protocol;
using Switchboard;

namespace Bank.Application;

/// <summary>The application tier: frames in, answers out, and the standing orders carried out beside that.</summary>
public sealed class BankServer : IAsyncDisposable
{
    private readonly BankServerOptions _options;
    private readonly Teller _teller;
    private readonly StandingOrderClock _clock;
    private Server? _server;

    private BankServer(BankDatabase database, BankServerOptions options)
    {
        _options = options;
        _teller = new Teller(database, options.Rules, options.TimeProvider);
        _clock = new StandingOrderClock(database, _teller.Orders, options);
    }

    public Endpoint Local => _server!.Local;

    /// <summary>Completes when web tiers can connect.</summary>
    /// <param name="database">It has to outlive the server.</param>
    public static async Task<BankServer> StartAsync(
        Endpoint endpoint, BankDatabase database, BankServerOptions options)
    {
        var bank = new BankServer(database, options);
        var tls = new TlsListenOptions { Certificates = [options.Certificate], ClientRoots = options.ClientRoots };
        var serving = new ServerOptions
        {
            Listen = new ListenOptions { Tls = tls },
            Limits = options.Limits,
            DrainTimeout = options.DrainTimeout,
        };
        bank._server = await Server.StartAsync(endpoint, bank.ServeAsync, serving);
        bank._clock.Start();

        return bank;
    }

    /// <summary>Serves until Ctrl-C or SIGTERM, then lets what is under way end.</summary>
    public Task<DrainResult> StopOnSignalAsync() => _server!.StopOnSignalAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await _clock.DisposeAsync();
        _teller.Dispose();
    }

#pragma warning disable CA2025 // Whoever disposes the turns has all of them by then.
    private async Task ServeAsync(Connection connection, CancellationToken stopping)
    {
        await using var frames = connection.Frames(BankFrame.Framing);
        using var turns = new SemaphoreSlim(_options.MaxUnderWay, _options.MaxUnderWay);
        try
        {
            while (await frames.ReceiveAsync(stopping) is { } frame)
            {
                await turns.WaitAsync(CancellationToken.None);
                _ = AnswerInTurnAsync(frames, frame.ToArray(), turns);
            }
        }
        catch (FrameTooLargeException)
        {
            // Where the next frame begins is not known any more: say why, and end.
            await SendAsync(frames, 0, new BankReply.Refused(BankError.FrameTooLarge, "The frame is too long."));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was asked by now is still answered.
        }
        finally
        {
            // Who has all turns knows that nobody else is under way.
            for (var turn = 0; turn < _options.MaxUnderWay; turn++)
            {
                await turns.WaitAsync(CancellationToken.None);
            }
        }
    }
#pragma warning restore CA2025

    private async Task AnswerInTurnAsync(FramedConnection frames, byte[] frame, SemaphoreSlim turns)
    {
        try
        {
            await SendAsync(frames, BankFrame.IdOf(frame), await AnswerAsync(frame));
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task<BankReply> AnswerAsync(byte[] frame)
    {
        _options.Trace?.Invoke("received", frame);
        try
        {
            return await _teller.AnswerAsync(BankFrame.ReadRequest(frame));
        }
        catch (BankException refused)
        {
            if (refused.InnerException is { } cause)
            {
                _options.Failed?.Invoke(cause);
            }

            return new BankReply.Refused(refused.Error, refused.Message);
        }
        catch (Exception failure)
        {
            _options.Failed?.Invoke(failure);

            return new BankReply.Refused(BankError.Failed, "The application tier failed.");
        }
    }

    private async Task SendAsync(FramedConnection frames, ulong id, BankReply reply)
    {
        var frame = BankFrame.Write(id, reply);
        _options.Trace?.Invoke("sent", frame);
        try
        {
            await frames.SendAsync(frame);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // Nobody hears it any more. What was done is done, and its key will tell.
        }
    }
}
