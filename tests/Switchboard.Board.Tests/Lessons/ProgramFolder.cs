namespace Switchboard.Board.Tests.Lessons;

/// <summary>A folder of its own, gone with what it held.</summary>
internal sealed class ProgramFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("switchboard-programs-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
