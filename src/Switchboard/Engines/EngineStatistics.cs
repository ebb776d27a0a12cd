namespace Switchboard;

/// <summary>What an engine has done so far. The numbers are read one after the other while it works.</summary>
/// <param name="Loops">Its event loops; 0 for an engine without any.</param>
/// <param name="Threads">Its threads at the moment, those that wait included.</param>
/// <param name="Stalls">How often a handler kept a loop waiting for milliseconds.</param>
/// <param name="HandOffs">How often a loop was handed to another thread because of that.</param>
/// <param name="LaneRuns">How often a handler known to block ran beside the loops.</param>
public sealed record EngineStatistics(int Loops, int Threads, long Stalls, long HandOffs, long LaneRuns);
