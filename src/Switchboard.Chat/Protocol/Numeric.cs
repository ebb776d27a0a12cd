namespace Switchboard.Chat.Protocol;

/// <summary>An answer of the server that clients know by its number.</summary>
/// <param name="Code">Three digits.</param>
/// <param name="Text">What it says to people, as its last parameter; null where the parameters are all it says.</param>
internal sealed record Numeric(string Code, string? Text = null);
