namespace Switchboard.Repository.Documentation;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">Where the opening fence stands.</param>
/// <param name="Marks">The words behind the fence: the language first.</param>
/// <param name="Text">What is between the fences.</param>
/// <param name="LineBefore">What stands directly above the fence.</param>
internal sealed record CodeBlock(string Path, int Line, IReadOnlyList<string> Marks, string Text, string LineBefore)
{
    public string Language => Marks.Count > 0 ? Marks[0] : "";

    public int LineCount => Text.Count(letter => letter == '\n');
}
