namespace Switchboard.Bench.Load.Generating;

/// <summary>How a handler blocks its thread, as the first byte of a message says it.</summary>
internal enum BlockingWay : byte
{
    None = 0,
    Sleep = 1,
    Compute = 2,
}
