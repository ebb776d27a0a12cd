namespace Switchboard.Repository.Api;

public sealed class PublicApiTests
{
    public static TheoryData<string> Libraries => [.. Project.Libraries.Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_API_is_the_one_that_was_accepted(string library)
    {
        var path = $"docs/api/{library}.txt";
        var actual = PublicApi.Describe(Project.Named(library).Compilation);
        if (Environment.GetEnvironmentVariable("UPDATE_API") == "1")
        {
            Directory.CreateDirectory(Tree.FullPath("docs/api"));
            File.WriteAllText(Tree.FullPath(path), actual);
            return;
        }

        var accepted = Tree.Files.FirstOrDefault(file => file.Path == path)?.Text ?? "";
        if (accepted != actual)
        {
            var difference = string.Join('\n', ApiDifference.Between(accepted, actual));
            Assert.Fail(
                $"The public API differs from {path}:\n\n{difference}\n\n"
                + "If this is meant, run the test again with UPDATE_API=1 and commit the file.\n");
        }
    }
}
