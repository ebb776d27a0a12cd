namespace Switchboard.Testing.Tests.Conformance;

/// <summary>One way to be broken.</summary>
/// <param name="Name">What the transport does wrong.</param>
/// <param name="Transport">The transport that does it.</param>
/// <param name="Red">The checks that must find it; others may as well.</param>
internal sealed record Breakage(string Name, BrokenTransport Transport, params string[] Red)
{
    public Breakage(string name, Func<Wire, BrokenWire> wires, params string[] red)
        : this(name, new BrokenTransport { Wires = wires }, red)
    {
    }

    public static IReadOnlyList<Breakage> All { get; } =
    [
        .. BrokenBytes.All,
        .. BrokenEnds.All,
        .. BrokenWaits.All,
        .. BrokenListeners.All,
    ];

    public override string ToString() => Name;
}
