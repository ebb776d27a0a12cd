using System.Xml;
using System.Xml.Linq;

namespace Switchboard.Repository.Architecture;

/// <summary>Which project refers to which, held to the folder table.</summary>
internal static class ProjectReferences
{
    public static IEnumerable<Violation> Check(SourceFile project, IReadOnlyList<FolderRow> rows)
    {
        var row = rows.FirstOrDefault(row => row.Folder == project.Folder);
        if (row is null)
        {
            yield return new Violation(
                project.Path, 1, $"The project is not in the folder table. Write a row `{project.Folder}`.");
            yield break;
        }

        var references = XDocument.Parse(project.Text, LoadOptions.SetLineInfo).Descendants("ProjectReference");
        foreach (var reference in references)
        {
            var name = Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!);
            if (!row.MayUse.Contains(name))
            {
                yield return new Violation(
                    project.Path,
                    ((IXmlLineInfo)reference).LineNumber,
                    $"{row.Folder} refers to {name}, but may use {row.Allowance}. Delete the reference, or, if the "
                    + $"arrow is right, write {name} into its row of ARCHITECTURE.md.");
            }
        }
    }
}
