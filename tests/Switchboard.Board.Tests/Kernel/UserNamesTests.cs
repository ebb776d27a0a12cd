using Switchboard.Board.Kernel;

namespace Switchboard.Board.Tests.Kernel;

public sealed class UserNamesTests
{
    [Fact]
    public void The_first_name_of_a_number_wins_and_odd_lines_are_passed_over()
    {
        var names = UserNames.Parse("root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/:/bin/sh\n# odd\nada:x:1000:1000\n");

        Assert.Equal(new Dictionary<int, string> { [0] = "root", [1000] = "ada" }, names);
    }
}
