// The whole bank on this machine's loopback, each tier a process of its own:
//   dotnet run --project samples/Bank
// The code that a sample customer's authenticator would show just now:
//   dotnet run --project samples/Bank -- code ada
using Bank;
using Bank.Application;
using Bank.Web;

return args switch
{
    // How the launcher starts a tier: this program again, so that nothing has to be found.
    ["application", .. var rest] => await ApplicationProgram.RunAsync(rest),
    ["web", .. var rest] => await WebProgram.RunAsync(rest),
    ["code", var name] => PrintCode(name),
    _ => await Launcher.RunAsync(args),
};

static int PrintCode(string name)
{
    if (SampleBank.Customers.SingleOrDefault(person => person.Name == name) is not { } person)
    {
        Console.Error.WriteLine($"There is no sample customer {name}.");
        return 2;
    }

    Console.WriteLine(person.CodeAt(TimeProvider.System.GetUtcNow()));
    return 0;
}
