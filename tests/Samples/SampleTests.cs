using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Switchboard.Samples;

/// <summary>
/// Each sample is run and does what its first lines say. One class, because one build at a time is enough.
/// </summary>
public sealed partial class SampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("switchboard-samples-").FullName;

    private string Socket => $"unix:{_folder}/sample.sock";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_reverse_server_and_its_client_talk_to_each_other()
    {
        await using var server = SampleRun.Start("reverse", Socket);
        await (await server.ConnectAsync(Socket)).DisposeAsync();

        var (exitCode, output) = await SampleRun.RunAsync("reverse-client", Socket);

        Assert.Equal("!dlrow ,olleH\n", output);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task The_reverse_server_answers_line_after_line()
    {
        await using var server = SampleRun.Start("reverse", Socket);
        await using var connection = await server.ConnectAsync(Socket);

        await connection.SendAsync("abc\ndef\n"u8.ToArray());
        await connection.CompleteSendingAsync();

        Assert.Equal("cba\nfed\n", Encoding.UTF8.GetString(await connection.ReceiveToEndAsync(maxBytes: 100)));
    }

    [Fact]
    public async Task The_client_explains_a_refused_connection()
    {
        var (exitCode, output) = await SampleRun.RunAsync("client", $"unix:{_folder}/nobody.sock");

        Assert.StartsWith($"Nothing listens at unix:{_folder}/nobody.sock.", output, StringComparison.Ordinal);
        Assert.Equal(3, exitCode);
    }

    [Fact]
    public async Task The_greeting_server_and_its_client_talk_to_each_other()
    {
        await using var server = SampleRun.Start("greeting-server", Socket);
        await (await server.ConnectAsync(Socket)).DisposeAsync();

        var (exitCode, output) = await SampleRun.RunAsync("greeting-client", Socket);

        Assert.Equal("Hello, Client! Welcome to the server.\n", output);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Send_all_and_receive_all_move_every_byte_and_report_a_truncated_one()
    {
        var (exitCode, output) = await SampleRun.RunAsync("send-all");

        Assert.Contains("With the rest: 300000 of 300000 bytes.\n", output, StringComparison.Ordinal);
        Assert.EndsWith("Asked for 100 bytes, got 9 before the peer finished.\n", output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task A_socket_is_read_and_written_as_a_file()
    {
        var (exitCode, output) = await SampleRun.RunAsync("stream");

        Assert.Equal("read: first line\nread: second line\nread: third line\n", output);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Who_blocks_lets_nobody_else_wait_as_long()
    {
        var (exitCode, output) = await SampleRun.RunAsync("blocking");

        var numbers = Numbers().Matches(output).Select(number => int.Parse(number.Value, CultureInfo.InvariantCulture));
        Assert.True(numbers.ToList() is [var slow, 10, > 10, var others, ..] && others < slow, output);
        Assert.Equal(
            OperatingSystem.IsLinux(), output.Contains("epoll: EngineStatistics", StringComparison.Ordinal));
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Four_framings_find_the_messages_again()
    {
        var (exitCode, output) = await SampleRun.RunAsync("framings");

        Assert.Equal(
            """
            fixed length        5 bytes  "HELLO"
            fixed length        5 bytes  "WORLD"
            delimited          11 bytes  "one\nmessage"
            delimited           7 bytes  "another"
            length-prefixed    12 bytes  "any bytes:\0\n"
            length-prefixed     0 bytes  ""
            ended by shutdown  39 bytes  "everything up to the end is one message"

            """,
            output);
        Assert.Equal(0, exitCode);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}
