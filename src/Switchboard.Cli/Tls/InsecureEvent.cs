using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Tls;

/// <summary>A warning: the server did not have to prove anything.</summary>
/// <param name="Endpoint">The server.</param>
/// <param name="Option">What was typed.</param>
/// <param name="Better">What would be safe.</param>
internal sealed record InsecureEvent(Endpoint Endpoint, string Option, string Better) : ConsoleEvent
{
    public override string Name => "warning";

    public override string Text =>
        $"WARNING: {Option}: {Endpoint} can be anybody. Whoever is on the way can read and change everything; "
        + $"use {Better} instead";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("endpoint", $"{Endpoint}");
        json.WriteString("message", Text);
    }
}
