namespace Switchboard.Bench.Load.Servers;

/// <summary>How a server lets it be known that it accepts connections.</summary>
internal enum Readiness
{
    /// <summary>It prints <c>listening PORT</c>.</summary>
    Line,

    /// <summary>It says nothing; one has to try.</summary>
    Accepts,
}
