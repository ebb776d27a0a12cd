using System.Diagnostics;

namespace Switchboard.Chat.Tests.Storing;

/// <summary>
/// This test program, started again to write into a store until it is killed. It prints the first id of each group that
/// was acknowledged.
/// </summary>
internal static class AppendingProgram
{
    public const int GroupSize = 3;
    public const int Writers = 8;

    private const string Variable = "SWITCHBOARD_CHAT_APPENDS_TO";

    /// <summary>Null where the tests are to be run.</summary>
    public static string? Database => Environment.GetEnvironmentVariable(Variable);

    public static Process Start(string database)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Switchboard.Chat.Tests");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        start.Environment[Variable] = database;

        return Process.Start(start)!;
    }

    public static async Task RunAsync(string database)
    {
        await using var store = await ChatStore.OpenAsync(database);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => AppendAsync(store, writer * 100_000)));
    }

    // Ends with the process, one way or the other.
    private static async Task AppendAsync(IChatStore store, int first)
    {
        for (var number = first; ; number += GroupSize)
        {
            await store.AppendAsync(Said.Messages(Enumerable.Range(number, GroupSize)));
            await Console.Out.WriteLineAsync(Said.Id(number));
        }
    }
}
