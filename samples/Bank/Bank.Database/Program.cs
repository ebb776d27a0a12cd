// The database tier by itself: makes the tables that are missing, and looks whether the books are right.
//   dotnet run --project samples/Bank/Bank.Database -- bank.db
//   dotnet run --project samples/Bank/Bank.Database -- "Host=localhost;Database=bank"
using Bank.Database;

if (args is not [var named])
{
    await Console.Error.WriteLineAsync("Name a database: SQLite's file, or a connection string of PostgreSQL.");
    return 2;
}

await using var database = BankDatabase.Open(named);
var check = await database.ReadAsync(LedgerCheck.Run);
Console.WriteLine(check);
return check.IsRight ? 0 : 1;
