namespace Switchboard.Datagrams;

/// <summary>One datagram in a batch's memory.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">How many bytes are there.</param>
/// <param name="OriginalLength">How many it had; <see cref="Unknown"/> if it had more and nobody knows.</param>
/// <param name="Address">Who sent it or gets it; null for the peer of a connected socket.</param>
internal readonly record struct BatchItem(int Offset, int Length, int OriginalLength, DatagramAddress? Address)
{
    public const int Unknown = -1;
}
