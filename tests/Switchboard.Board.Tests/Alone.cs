namespace Switchboard.Board.Tests;

/// <summary>
/// Tests of what is remembered of the whole process, and only so much of it: nothing else runs beside them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Alone
{
    public const string Name = "Alone";
}
