namespace Switchboard.Files.Storing;

/// <summary>What is under a name; links are looked at and not through.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">How long, if it is a file.</param>
internal readonly record struct Place(PlaceKind Kind, long Bytes);
