namespace Switchboard.Bench.Load.Generating;

/// <summary>Where one connection of a <see cref="ChatCrowd"/> stands.</summary>
internal struct ChatMember
{
    public int Socket;

    /// <summary>The start of a line whose end has not come; null when there is none.</summary>
    public byte[]? Partial;
}
