using System.Text.Json;

namespace Switchboard.Cli.Configuration;

/// <summary>A member of an entry.</summary>
/// <param name="Kind">String, number, true or false; nothing else is ever a value.</param>
/// <param name="Text">The string, or the number as it is written.</param>
/// <param name="Place">Where the value stands.</param>
internal sealed record Member(JsonTokenType Kind, string Text, Place Place);
