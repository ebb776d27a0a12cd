namespace Switchboard;

/// <summary>What a failed accept means for the next one.</summary>
public enum AcceptFailure
{
    /// <summary>That peer is gone; the next accept may be tried at once.</summary>
    PeerGone,

    /// <summary>
    /// Descriptors or memory have run out: trying again at once would fail again and burn the processor.
    /// </summary>
    OutOfResources,

    /// <summary>The listening socket itself is broken; no later accept will succeed.</summary>
    Fatal,
}
