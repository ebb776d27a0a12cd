using System.Text;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests;

/// <summary>A client that says one thing and hears all of the answer.</summary>
internal static class Peer
{
    private const int MaxAnswerBytes = 1024 * 1024;

    public static Task<Connection> ConnectAsync(Endpoint endpoint) =>
        Connection.ConnectAsync(endpoint, new ConnectOptions { Timeout = TimeSpan.FromMinutes(3) });

    /// <summary>Takes a port away from everybody else.</summary>
    public static Task<Listener> TakePortAsync() => Listener.BindAsync("tcp://127.0.0.1:0");

    public static Task SendAsync(Connection connection, string text) =>
        connection.SendAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    /// <summary>Waits for the first byte.</summary>
    public static Task HearAsync(Connection connection) => connection.ReceiveAsync(new byte[1], Deadline.Soon).AsTask();

    public static Task FinishAsync(Connection connection) => connection.CompleteSendingAsync().AsTask();

    public static async Task<string> AskAsync(Endpoint endpoint, string question)
    {
        await using var connection = await ConnectAsync(endpoint);
        return await AskAsync(connection, question);
    }

    public static async Task<string> AskAsync(Connection connection, string question)
    {
        await connection.SendAsync(Encoding.UTF8.GetBytes(question));
        await connection.CompleteSendingAsync();
        return Encoding.UTF8.GetString(await connection.ReceiveToEndAsync(MaxAnswerBytes, Deadline.Soon));
    }

    /// <summary>Hears while it speaks, as a question needs that is larger than what waits on the way.</summary>
    public static async Task<string> ExchangeAsync(Connection connection, string question)
    {
        var answer = HearAllAsync(connection);
        await SendAsync(connection, question);
        await FinishAsync(connection);
        return Encoding.UTF8.GetString(await answer);
    }

    public static Task<byte[]> HearAllAsync(Connection connection) =>
        connection.ReceiveToEndAsync(MaxAnswerBytes, Deadline.Soon).AsTask();

    public static async Task<byte[]> HearExactlyAsync(Connection connection, int bytes)
    {
        var heard = new byte[bytes];
        await connection.ReceiveExactlyAsync(heard, Deadline.Soon);
        return heard;
    }
}
