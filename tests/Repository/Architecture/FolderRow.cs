namespace Switchboard.Repository.Architecture;

/// <summary>One line of the folder table of ARCHITECTURE.md.</summary>
/// <param name="Folder">From the root: a project, or a folder directly inside one.</param>
/// <param name="MayUse">Names of sibling folders, or of projects; empty where the table says nothing.</param>
/// <param name="Line">Where the row stands in the document.</param>
internal sealed record FolderRow(string Folder, IReadOnlyList<string> MayUse, int Line)
{
    public string Name => Folder[(Folder.LastIndexOf('/') + 1)..];

    public string Parent => Folder[..Math.Max(0, Folder.LastIndexOf('/'))];

    public string Allowance => MayUse.Count == 0 ? "nothing" : "only " + string.Join(", ", MayUse);
}
