// Transfers a second through the bank's application tier, beside the same statements in a plain loop, in turns:
//   dotnet run -c Release --project bench/bank [-- --rounds 5 --seconds 2]
using System.Globalization;
using Bank.Protocol;
using Switchboard.Bench.Bank;

if (ProgramOptions.TryRead(args, ["rounds", "seconds"], []) is not { } options)
{
    await Console.Error.WriteLineAsync("bench/bank [--rounds N] [--seconds S]");
    return 2;
}

var rounds = int.Parse(options["rounds"] ?? "5", CultureInfo.InvariantCulture);
var length = TimeSpan.FromSeconds(double.Parse(options["seconds"] ?? "2", CultureInfo.InvariantCulture));
var folder = Directory.CreateTempSubdirectory("bench-bank-").FullName;
var sqlite = 0;
await new Comparison("SQLite", folder, [1], () => Task.FromResult(Path.Combine(folder, $"bank{++sqlite}.db")))
    .RunAsync(rounds, length);
if (TemporaryPostgres.Programs is null)
{
    Console.WriteLine("PostgreSQL is not installed.");
}
else
{
    await using var postgres = await TemporaryPostgres.StartAsync();
    await new Comparison("PostgreSQL", folder, [1, 4, 16], postgres.MakeDatabaseAsync).RunAsync(rounds, length);
}

Directory.Delete(folder, recursive: true);
return 0;
