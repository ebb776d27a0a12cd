namespace Switchboard.Bench.Load.Generating;

/// <summary>Where one connection of an <see cref="EchoLoad"/> stands.</summary>
internal struct EchoLane
{
    public int Socket;

    /// <summary>Position in the ring of the next byte to send.</summary>
    public int SendAt;

    /// <summary>Bytes of messages under way that the kernel has not taken yet.</summary>
    public int Unsent;

    /// <summary>Position in the ring of the next byte to receive.</summary>
    public int ReceiveAt;

    /// <summary>Bytes received of the message that is not whole yet.</summary>
    public int Partial;

    /// <summary>Which of the start times belongs to the message that is next to become whole.</summary>
    public int Oldest;
}
