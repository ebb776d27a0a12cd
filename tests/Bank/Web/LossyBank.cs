using System.Collections.Concurrent;
using Bank.Protocol;
using Switchboard;

namespace Bank.Tests.Web;

/// <summary>Stands before an application tier, and ends the connection where a transfer should be answered.</summary>
internal sealed class LossyBank : IAsyncDisposable
{
    private readonly Endpoint _behind;
    private Server? _server;
    private int _answersToLose;

    private LossyBank(Endpoint behind) => _behind = behind;

    public Endpoint Endpoint => _server!.Local;

    public static async Task<LossyBank> StartAsync(Endpoint behind)
    {
        var bank = new LossyBank(behind);
        bank._server = await Server.StartAsync("tls://127.0.0.1:0", bank.ServeAsync, new ServerOptions
        {
            Listen = new ListenOptions
            {
                Tls = new TlsListenOptions
                {
                    Certificates = [BankCertificates.Load(TestCertificates.Ours, BankCertificates.Application)],
                },
            },
        });
        return bank;
    }

    /// <summary>Loses the answers to so many of the next transfers; the transfers themselves are made.</summary>
    public void LoseAnswers(int count) => Volatile.Write(ref _answersToLose, count);

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task ServeAsync(Connection connection, CancellationToken stopping)
    {
        await using var tier = connection.Frames(BankFrame.Framing);
        var connect = new ConnectOptions
        {
            Tls = new TlsConnectOptions
            {
                Certificate = BankCertificates.Load(TestCertificates.Ours, BankCertificates.Web),
                TrustedRoots = BankCertificates.LoadRoots(TestCertificates.Ours),
                ServerName = BankCertificates.Application,
            },
        };
        await using var behind = await Connection.ConnectAsync(_behind, connect, stopping);
        await using var bank = behind.Frames(BankFrame.Framing);
        var lost = new ConcurrentDictionary<ulong, bool>();
        var answering = AnswerAsync(bank, tier, connection, lost);
        while (await tier.ReceiveAsync(stopping) is { } frame)
        {
            if (BankFrame.ReadRequest(frame.Span) is BankRequest.Transfer
                && Interlocked.Decrement(ref _answersToLose) >= 0)
            {
                lost[BankFrame.IdOf(frame.Span)] = true;
            }

            await bank.SendAsync(frame, stopping);
        }

        behind.Abort();
        await answering;
    }

    private static async Task AnswerAsync(
        FramedConnection bank, FramedConnection tier, Connection connection, ConcurrentDictionary<ulong, bool> lost)
    {
        try
        {
            while (await bank.ReceiveAsync() is { } frame)
            {
                if (lost.ContainsKey(BankFrame.IdOf(frame.Span)))
                {
                    connection.Abort();
                    return;
                }

                await tier.SendAsync(frame);
            }
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
            // One of the two has gone, which is what this is for.
        }
    }
}
