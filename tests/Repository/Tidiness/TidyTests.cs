using Microsoft.CodeAnalysis;

namespace Switchboard.Repository.Tidiness;

public sealed class TidyTests
{
    [Fact]
    public void Lines_have_at_most_120_columns()
    {
        Rule.IsKept(Tree.CSharp.Append(Tree.File(".ci/run")).SelectMany(Limits.CheckColumns));
    }

    [Fact]
    public void Files_have_at_most_400_lines()
    {
        Rule.IsKept(Tree.CSharp.SelectMany(Limits.CheckFileLength));
    }

    [Fact]
    public void Methods_have_at_most_60_lines()
    {
        Rule.IsKept(Tree.CSharp.SelectMany(Limits.CheckMethodLengths));
    }

    [Fact]
    public void A_file_declares_the_one_type_it_is_named_after()
    {
        Rule.IsKept(Tree.CSharp.SelectMany(OneTypePerFile.Check));
    }

    [Fact]
    public void A_type_lives_in_the_namespace_of_its_users()
    {
        Rule.IsKept(Tree.CSharp.SelectMany(Namespaces.Check));
    }

    [Fact]
    public void Names_say_something()
    {
        Rule.IsKept(Tree.CSharp.SelectMany(EmptyWords.CheckTypes).Concat(Tree.CSharp.SelectMany(EmptyWords.CheckPath)));
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        Rule.IsKept(Tree.CSharp.SelectMany(Leftovers.Check));
    }

    [Fact]
    public void Code_is_safe()
    {
        Rule.IsKept(Tree.Files.SelectMany(UnsafeCode.Check));
    }

    [Fact]
    public void The_library_is_given_time_and_chance()
    {
        Rule.IsKept(ForbiddenUses.Check(Project.Named("Switchboard").Compilation, ForbiddenUse.InLibrary));
    }

    [Fact]
    public void Tests_do_not_sleep()
    {
        var sources = Project.All.Select(project => project.Compilation.ToMetadataReference()).ToList();
        var projects = Tree.CSharpUnder("tests").GroupBy(file => file.Path.Split('/')[1]);

        Rule.IsKept(projects.SelectMany(project =>
            ForbiddenUses.Check(Compiler.Library(project.Key, project, sources), ForbiddenUse.Sleeping)));
    }
}
