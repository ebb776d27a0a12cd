using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>There are sockets in the environment, and they are another process's.</summary>
internal sealed record ActivationIgnoredEvent : ConsoleEvent
{
    public override string Name => "activation-ignored";

    public override string Text =>
        $"{SocketActivation.CountVariable} is ignored: {SocketActivation.ProcessVariable} names another process";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json) =>
        json.WriteString("variable", SocketActivation.CountVariable);
}
