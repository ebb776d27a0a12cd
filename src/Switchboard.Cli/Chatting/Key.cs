namespace Switchboard.Cli.Chatting;

/// <summary>One press of a key, or one paste.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Text">What came with it; empty for keys that only move.</param>
internal readonly record struct Key(KeyKind Kind, string Text = "");
