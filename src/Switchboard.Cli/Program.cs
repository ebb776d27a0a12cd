using Switchboard.Cli;
using Switchboard.Cli.Running;

using var interrupts = new Interrupts();
using var signals = new SystemSignals(interrupts);
return await Runner.RunAsync(args, Surroundings.OfThisProcess(interrupts));
