using System.Text.Json;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Web;

/// <summary>A web server has answered a request.</summary>
internal sealed record RequestEvent(string Service, Endpoint? Remote, string Method, string Target, int Status)
    : ConsoleEvent
{
    private const int FirstError = 400;

    /// <summary>How long the answer is, if it says so.</summary>
    public long? Bytes { get; init; }

    public TimeSpan Elapsed { get; init; }

    /// <summary>Why it could not be answered, if it was our fault.</summary>
    public string? Problem { get; init; }

    public override string Name => "request";

    public override string Text =>
        $"{Service} {Method} {Target} {Status}{(Bytes is { } bytes ? $", {ByteText.Show(bytes)}" : "")} "
        + $"in {TimeText.Show(Elapsed)}, from {Remote}{(Problem is null ? "" : $" ({Problem})")}";

    public override Tone Tone => Status >= FirstError ? Tone.Warning : Tone.Plain;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("service", Service);
        json.WriteString("remote", $"{Remote}");
        json.WriteString("method", Method);
        json.WriteString("target", Target);
        json.WriteNumber("status", Status);
        if (Bytes is { } bytes)
        {
            json.WriteNumber("bytes", bytes);
        }

        json.WriteNumber("seconds", Math.Round(Elapsed.TotalSeconds, digits: 6));
        json.WriteString("error", Problem);
    }
}
