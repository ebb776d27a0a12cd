using Switchboard.Chat.Tests.Servers;
using Switchboard.Chat.Tests.Storing;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Switchboard.Chat.Tests;

/// <summary>Runs the tests, as the program that xunit would generate; or is a program that a test kills.</summary>
internal static class TestProgram
{
    private static readonly string[] OfThePlatform = ["--server", "--internal-msbuild-node"];

    public static async Task<int> Main(string[] args)
    {
        if (AppendingProgram.Database is { } database)
        {
            await AppendingProgram.RunAsync(database);
            return 0;
        }

        if (ChatProgram.Words is { } words)
        {
            await ChatProgram.RunAsync(words);
            return 0;
        }

        return args.Any(OfThePlatform.Contains)
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
