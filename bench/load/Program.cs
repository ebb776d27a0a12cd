using Switchboard.Bench.Load.Kernel;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Servers;
using Switchboard.Bench.Load.Verbs;

RunningServers.EndAllOnSignal();
try
{
    var options = LoadOptions.Parse(args);
    if (Cores.CanPin)
    {
        Affinity.PinProcess([options.Cores.Generator]);
    }
    else
    {
        Console.Error.WriteLine("One core: servers and generator share it, and disturb each other.");
    }

    VerbTable.Find(options.Verb)(options, Console.Out);
    return 0;
}
catch (UsageException wrong)
{
    Console.Error.WriteLine($"error: {wrong.Message}");
    return 2;
}
catch (LoadException failure)
{
    Console.Error.WriteLine($"error: {failure.Message}");
    return 1;
}
finally
{
    RunningServers.EndAll();
}
