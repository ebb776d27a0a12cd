using System.Diagnostics;
using System.Globalization;

namespace Switchboard.Chat.Tests.Servers;

/// <summary>This test program, started again as one server of a chat, until it is killed.</summary>
internal static class ChatProgram
{
    private const string Variable = "SWITCHBOARD_CHAT_SERVES";
    private const string BrokerVariable = "SWITCHBOARD_CHAT_BROKER";

    /// <summary>Null where the tests are to be run.</summary>
    public static string? Words => Environment.GetEnvironmentVariable(Variable);

    /// <summary>Starts a server that believes the authorities in the file <paramref name="roots"/>.</summary>
    public static Process Start(string name, string database, string broker, string roots, int port)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Switchboard.Chat.Tests"))
        {
            RedirectStandardInput = true,
        };
        start.Environment[Variable] = string.Create(CultureInfo.InvariantCulture, $"{name} {port} {database}");
        start.Environment[BrokerVariable] = broker;
        start.Environment["SSL_CERT_FILE"] = roots;
        return Process.Start(start)!;
    }

    public static async Task RunAsync(string words)
    {
        var parts = words.Split(' ', 3);
        await using var store = await ChatStore.OpenAsync(parts[2]);
        await using var chat = new ChatServer(new ChatOptions
        {
            Name = parts[0],
            Network = "Test",
            Store = store,
            Broker = ChatBroker.Parse($"env:{BrokerVariable}"),
            Limits = new ChatLimits { MaxLineBurst = 1_000_000 },
        });
        await chat.JoinServersAsync();
        await using var server = await Server.StartAsync($"127.0.0.1:{parts[1]}", chat.ServeAsync);

        // Ends with the tests, however those end.
        await Console.In.ReadToEndAsync();
    }
}
