namespace Switchboard.Tests.Transports.SharedMemory;

public sealed class WakeUpModelTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void In_no_order_of_steps_and_wherever_the_sender_dies_does_the_receiver_sleep_for_ever(int messages)
    {
        var states = new WakeUpModel(messages, hasFences: true).TryAll();

        output.WriteLine($"{states} states");
        Assert.True(states > 100 * messages);
    }

    [Fact]
    public void Without_fences_both_ends_can_miss_each_other()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => new WakeUpModel(messages: 2, hasFences: false).TryAll());

        Assert.StartsWith("The receiver sleeps for ever", error.Message, StringComparison.Ordinal);
    }
}
