using System.Diagnostics;
using Bank.Protocol;

namespace Switchboard.Bench.Bank;

/// <summary>
/// Transfers asked of an application tier in a process of its own, over one connection with TLS on both ends.
/// </summary>
internal sealed class ThroughTier : ISubject
{
    private const string Listens = "application listens at ";

    private readonly Process _process;
    private readonly BankClient _client;
    private readonly int _atOnce;
    private readonly Random[] _chances;
    private readonly int[] _numbers;

    private ThroughTier(Process process, BankClient client, int atOnce)
    {
        _process = process;
        _client = client;
        _atOnce = atOnce;
        _chances = [.. Enumerable.Range(0, atOnce).Select(worker => new Random(worker))];
        _numbers = new int[atOnce];
    }

    public string Name => $"tier, {_atOnce} at once";

    public static async Task<ThroughTier> StartAsync(string database, string folder, int atOnce)
    {
        var certificates = Path.Combine(folder, "certificates");
        BankCertificates.Ensure(certificates);
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Bank.Application.dll"), "--listen", "tls://127.0.0.1:0",
                "--database", database, "--certificates", certificates, "--attached",
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync();
        Endpoint endpoint = line?.StartsWith(Listens, StringComparison.Ordinal) == true
            ? line[Listens.Length..]
            : throw new InvalidOperationException($"The application tier does not listen: {line}");

        return new ThroughTier(process, new BankClient(BankClientOptions.From(certificates, endpoint)), atOnce);
    }

    public Task<Sample> MeasureAsync(TimeSpan length) => Sample.TakeAsync(_atOnce, length, worker =>
        _client.AskAsync(Books.Next(_chances[worker], $"tier-{_atOnce}-{worker}", ++_numbers[worker])));

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
