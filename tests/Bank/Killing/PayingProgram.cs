using System.Collections.Concurrent;
using System.Globalization;
using Bank.Protocol;
using Switchboard;

namespace Bank.Tests.Killing;

/// <summary>
/// The web tier's part, in a process that a test kills: it asks for each transfer until that is acknowledged, and only
/// then writes it down.
/// </summary>
internal static class PayingProgram
{
    public const string Word = "--pay";
    private const string Acknowledged = "acknowledged.txt";
    private const string Seed = "seed.txt";
    private const int AtOnce = 64;

    /// <summary>
    /// What the acknowledgements were, whoever wrote them: the transfer's id, by its place in the plan.
    /// </summary>
    public static Dictionary<int, string> ReadAcknowledged(string folder)
    {
        var file = Path.Combine(folder, Acknowledged);
        if (!File.Exists(file))
        {
            return [];
        }

        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));

        // Whoever was killed may have left half a line, which acknowledges nothing.
        var lines = reader.ReadToEnd().Split('\n');

        return lines[..^1].Select(line => line.Split(' ')).Where(words => words is [_, { Length: 32 }])
            .ToDictionary(words => int.Parse(words[0], CultureInfo.InvariantCulture), words => words[1]);
    }

    public static void WriteSeed(string folder, int seed) =>
        File.WriteAllText(Path.Combine(folder, Seed), seed.ToString(CultureInfo.InvariantCulture));

    /// <summary>Pays what is not acknowledged yet. Each retry may go to another server.</summary>
    public static async Task RunAsync(string folder, string[] endpoints)
    {
        var plan = new PaymentPlan(int.Parse(
            await File.ReadAllTextAsync(Path.Combine(folder, Seed)), CultureInfo.InvariantCulture));
        var acknowledged = ReadAcknowledged(folder);
        var open = new ConcurrentQueue<int>(
            Enumerable.Range(0, PaymentPlan.Transfers).Where(index => !acknowledged.ContainsKey(index)));
        await using var file = new FileStream(
            Path.Combine(folder, Acknowledged), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write("\n"u8);
        var clients = endpoints.Select(endpoint => new BankClient(
            BankClientOptions.From(TestCertificates.In(folder), (Endpoint)endpoint) with
            {
                Timeout = TimeSpan.FromSeconds(5),
            })).ToList();
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async payer =>
        {
            while (open.TryDequeue(out var index))
            {
                var id = await PayAsync(plan[index], clients, payer);
                lock (gate)
                {
                    file.Write(System.Text.Encoding.ASCII.GetBytes($"{index} {id}\n"));
                }
            }
        }));
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    private static async Task<string> PayAsync(BankRequest.Transfer asked, List<BankClient> clients, int payer)
    {
        for (var tries = payer; ; tries++)
        {
            try
            {
                return (await clients[tries % clients.Count].AskAsync(asked)).Id;
            }
            catch (BankException passing) when (passing.Error
                is BankError.OutcomeUnknown or BankError.Unavailable or BankError.Busy)
            {
                // A moment, so that a database that is away is not asked without a pause.
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }
        }
    }
}
