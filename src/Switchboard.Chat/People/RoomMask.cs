namespace Switchboard.Chat.People;

/// <summary>A row in one of a room's lists of masks.</summary>
/// <param name="Mask">Whom it means.</param>
/// <param name="SetBy">Who wrote it there.</param>
/// <param name="Time">When.</param>
internal sealed record RoomMask(string Mask, string SetBy, DateTimeOffset Time);
