namespace Switchboard.Repository;

public sealed class CompilerTests
{
    // Source generators do not run here, so what they would add may be missing; a name nobody declares is our mistake.
    private static readonly string[] UnknownName = ["CS0103", "CS0234", "CS0246"];

    public static TheoryData<string> Projects => [.. Project.All.Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_name_in_a_project_is_understood(string project)
    {
        var unknown = Project.Named(project).Compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(error => UnknownName.Contains(error.Id))
            .Select(error => Violation.At(error.Location, error.GetMessage(formatProvider: null)));

        Rule.IsKept(unknown);
    }

    [Fact]
    public void The_platform_has_the_framework_and_the_packages_but_none_of_our_own_assemblies()
    {
        var names = Compiler.Platform.Select(reference => Path.GetFileName(reference.Display)).ToList();

        Assert.Contains("System.Net.Sockets.dll", names);
        Assert.Contains("System.CommandLine.dll", names);
        Assert.DoesNotContain("Switchboard.dll", names);
    }
}
