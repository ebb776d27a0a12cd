using System.Text.Json;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>The servers were told to stop: nobody is accepted any more, and handlers finish.</summary>
internal sealed record StoppingEvent(int Open, TimeSpan Drain) : ConsoleEvent
{
    public override string Name => "stopping";

    public override string Text => Open == 0
        ? "stopping"
        : $"stopping: {Open} open, waiting {Limit} for them to finish; Ctrl-C again resets them at once";

    public override Tone Tone => Tone.Strong;

    private string Limit => Drain == Timeout.InfiniteTimeSpan ? "without a limit" : $"up to {TimeText.Show(Drain)}";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteNumber("open", Open);
        if (Drain == Timeout.InfiniteTimeSpan)
        {
            json.WriteNull("drainSeconds");
        }
        else
        {
            json.WriteNumber("drainSeconds", Drain.TotalSeconds);
        }
    }
}
