using System.Text;

namespace Switchboard.Chat.People;

/// <summary>A sign-in that comes in pieces.</summary>
/// <param name="mechanism"><c>PLAIN</c> or <c>EXTERNAL</c>.</param>
internal sealed class SaslExchange(string mechanism)
{
    public string Mechanism { get; } = mechanism;

    /// <summary>Base64, as far as it has come.</summary>
    public StringBuilder Received { get; } = new();
}
