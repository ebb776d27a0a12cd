using System.Text;
using Switchboard.Cli.Handlers;

namespace Switchboard.Cli.Tests.Handlers;

public sealed class DatagramAnswersTests
{
    [Theory]
    [InlineData("echo", "abc", "abc")]
    [InlineData("reverse", "abc", "cba")]
    [InlineData("greet", "", "Hello, Client! Welcome to the server.")]
    [InlineData("daytime", "", "Friday, November 20, 2026 12:00:00 +02:00\r\n")]
    [InlineData("chargen", "abcd", " !\"#")]
    [InlineData("chargen", "", "")]
    public void A_service_answers(string service, string request, string answer) =>
        Assert.Equal(answer, Encoding.ASCII.GetString(Answer(service, request)!.Value.Span));

    [Fact]
    public void The_time_is_four_bytes() => Assert.Equal(4, Answer("time", "")!.Value.Length);

    [Fact]
    public void What_is_discarded_has_no_answer() => Assert.Null(Answer("discard", "abc"));

    [Fact]
    public void No_answer_is_much_more_than_its_request()
    {
        // What stands before a datagram's bytes: 20 of IPv4 and 8 of UDP.
        const int Headers = 28;
        foreach (var service in BuiltIns.All)
        {
            foreach (var length in (int[])[0, 1, 100, 1000, 60000])
            {
                var answer = Answer(service.Name, new string('x', length))?.Length ?? 0;
                Assert.InRange(Headers + answer, 0, 3 * (Headers + length));
            }
        }
    }

    private static ReadOnlyMemory<byte>? Answer(string service, string request)
    {
        var time = new FixedTime(new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero));
        return DatagramAnswers.For(BuiltIns.Parse(service), time)!(Encoding.ASCII.GetBytes(request));
    }
}
