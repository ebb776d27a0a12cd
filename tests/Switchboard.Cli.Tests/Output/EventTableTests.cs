using Xunit.Sdk;

namespace Switchboard.Cli.Tests.Output;

/// <summary>
/// The table of events can be held against lines. Every test that runs a verb with <c>--json</c> does so: see
/// <see cref="CommandRun"/>.
/// </summary>
public sealed class EventTableTests
{
    [Fact]
    public void The_page_lists_events_in_order()
    {
        Assert.True(EventTable.Documented.Count > 50);
        Assert.Equal(EventTable.Documented.Keys.Order(StringComparer.Ordinal), EventTable.Documented.Keys);
    }

    [Theory]
    [InlineData("""{"v":1,"event":"refused","time":"2026-01-01T00:00:00Z","service":"echo","remote":"tcp://a:1"}""")]
    [InlineData("""{"v":1,"event":"error","time":"2026-01-01T00:00:00Z","exit":2,"what":"no","why":null}""")]
    public void An_event_with_its_members_conforms(string line) => EventTable.Check(line);

    [Theory]
    [InlineData("""{"v":2,"event":"refused","time":"2026-01-01T00:00:00Z","service":"echo","remote":"x"}""")]
    [InlineData("""{"v":1,"event":"refused","time":"now","service":"echo","remote":"x"}""")]
    [InlineData("""{"v":1,"event":"no-such","time":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"v":1,"event":"refused","time":"2026-01-01T00:00:00Z","service":"echo"}""")]
    [InlineData("""{"v":1,"event":"refused","time":"2026-01-01T00:00:00Z","service":"echo","remote":null}""")]
    [InlineData("""{"v":1,"event":"refused","time":"2026-01-01T00:00:00Z","service":"echo","remote":"x","more":1}""")]
    public void Any_other_does_not(string line) => Assert.ThrowsAny<XunitException>(() => EventTable.Check(line));
}
