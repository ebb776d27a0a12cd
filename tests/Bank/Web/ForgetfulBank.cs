using Bank.Application;
using Bank.Protocol;
using Bank.Web;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Bank.Tests.Web;

/// <summary>
/// Another application server of a bank, which makes transfers and now and then forgets to say so; and a web tier that
/// waits for its answers on a clock of its own.
/// </summary>
internal sealed class ForgetfulBank : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // It has to show a time at which the certificates are good.
    private readonly ManualClock _clock = new(TimeProvider.System.GetUtcNow());
    private readonly SemaphoreSlim _forgotten = new(0);
    private BankServer? _server;
    private int _toForget;

    private ForgetfulBank()
    {
    }

    public WebTier Tier { get; private set; } = null!;

    public static async Task<ForgetfulBank> StartAsync(OpenBank bank)
    {
        var forgetful = new ForgetfulBank();
        forgetful._server = await BankServer.StartAsync("tls://127.0.0.1:0", bank.Database, new BankServerOptions
        {
            Certificate = BankCertificates.Load(TestCertificates.Ours, BankCertificates.Application),
            ClientRoots = BankCertificates.LoadRoots(TestCertificates.Ours),
            Rules = OpenBank.Rules,
            TimeProvider = bank.Clock,
            Trace = forgetful.LookAt,
        });
        forgetful.Tier = await WebRun.StartTierAsync(
            bank,
            BankClientOptions.From(TestCertificates.Ours, forgetful._server.Local) with
            {
                Timeout = Patience, TimeProvider = forgetful._clock,
            });
        return forgetful;
    }

    /// <summary>Forgets the answers to so many of the next transfers; the transfers themselves are made.</summary>
    public void Forget(int answers) => Volatile.Write(ref _toForget, answers);

    /// <summary>Once one is forgotten, has the web tier lose its patience.</summary>
    public async Task LosePatienceAsync()
    {
        await _forgotten.WaitAsync().Soon();
        _clock.Advance(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await Tier.DisposeAsync();
        await _server!.DisposeAsync();
        _forgotten.Dispose();
    }

    private void LookAt(string direction, ReadOnlyMemory<byte> frame)
    {
        if (direction == "sent"
            && BankFrame.ReadReply(frame.Span) is BankReply.Transferred
            && Interlocked.Decrement(ref _toForget) >= 0)
        {
            _forgotten.Release();
            throw new InvalidOperationException("Forgotten.");
        }
    }
}
