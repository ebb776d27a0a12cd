using System.Data.Common;
using System.Text;
using Bank.Database;
using Bank.Protocol;

namespace Bank.Application;

/// <summary>The application tier as a program, for whoever starts it: itself, or the launcher of all tiers.</summary>
public static class ApplicationProgram
{
    private const string Usage =
        """
        The application tier of the bank.

          --listen ENDPOINT      where web tiers connect; tls://localhost:7361 by default
          --database DATABASE    SQLite's file, or a connection string of PostgreSQL; bank.db by default
          --certificates FOLDER  with bank-application.pem, its key, and authority.pem; made if it is empty
          --sample               fills an empty database with sample customers
          --attached             ends when standard input does, so that nobody is left behind
          --trace                prints every frame and every query, secrets included: never at a real bank
        """;

    private static readonly TierProgram Program = new(
        "application tier", Usage, ["listen", "database", "certificates"], ["sample", "attached", "trace"]);

    private static readonly TimeSpan PatienceWithDatabase = TimeSpan.FromMinutes(1);

    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> args) => Program.RunAsync(args, RunAsync);

    private static async Task<int> RunAsync(ProgramOptions options)
    {
        var certificates = options["certificates"] ?? "certificates";
        BankCertificates.Ensure(certificates);
        var isTraced = options.Has("trace");
        await using var database = await BankDatabase.OpenAsync(
            options["database"] ?? "bank.db",
            PatienceWithDatabase,
            TimeProvider.System,
            isTraced ? query => Print($"query {query}") : null,
            why => Console.Error.WriteLine($"The application tier waits for its database: {why}"));
        if (options.Has("sample"))
        {
            await SampleBank.FillAsync(database, new BankRules(), TimeProvider.System);
        }

        var serving = new BankServerOptions
        {
            Certificate = BankCertificates.Load(certificates, BankCertificates.Application),
            ClientRoots = BankCertificates.LoadRoots(certificates),
            Failed = failure => Console.Error.WriteLine(failure is DbException ? failure.Message : $"{failure}"),
            Trace = isTraced ? PrintFrame : null,
        };
        await using var server = await BankServer.StartAsync(
            options["listen"] ?? "tls://localhost:7361", database, serving);
        Print($"application listens at {server.Local}");
        await TierProgram.WaitForEndAsync(server.StopOnSignalAsync(), options);
        return 0;
    }

    private static void PrintFrame(string direction, ReadOnlyMemory<byte> frame)
    {
        var header = frame.Span[..Math.Min(frame.Length, BankFrame.HeaderBytes)];
        var json = frame.Span[header.Length..];
        Print(
            $"{direction} {frame.Length:X8} {Convert.ToHexString(header)}\n    {Encoding.UTF8.GetString(json)}");
    }

    private static void Print(string line) => Console.WriteLine(line);
}
