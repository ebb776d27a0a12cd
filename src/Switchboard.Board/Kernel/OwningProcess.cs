namespace Switchboard.Board.Kernel;

/// <summary>A process that has a socket open.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name as the kernel knows it, which the process may choose freely.</param>
internal sealed record OwningProcess(int Id, string Name)
{
    /// <summary>As a person reads it: <c>python3 (pid 4711)</c>.</summary>
    public override string ToString() => $"{Name} (pid {Id})";
}
