namespace Switchboard;

/// <summary>What is written behind each line. Reading accepts both, whichever is chosen.</summary>
public enum LineEnding
{
    /// <summary>One line feed (0A), as most programs write.</summary>
    Lf,

    /// <summary>Carriage return and line feed (0D 0A), as the classic Internet protocols demand.</summary>
    CrLf,
}
