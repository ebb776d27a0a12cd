using Bank.Tests.Killing;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Bank.Tests;

/// <summary>Runs the tests, as the program that xunit would generate; or is a client that a test kills.</summary>
internal static class TestProgram
{
    private static readonly string[] OfThePlatform = ["--server", "--internal-msbuild-node"];

    public static async Task<int> Main(string[] args)
    {
        if (args is [PayingProgram.Word, var folder, .. var endpoints])
        {
            await PayingProgram.RunAsync(folder, endpoints);
            return 0;
        }

        return args.Any(OfThePlatform.Contains)
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
