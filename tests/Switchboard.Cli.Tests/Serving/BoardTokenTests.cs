using Switchboard.Cli.Running;
using Switchboard.Cli.Serving;

namespace Switchboard.Cli.Tests.Serving;

/// <summary>The secret of boards stays the same from one run to the next, and is nobody else's.</summary>
public sealed class BoardTokenTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Interrupts _interrupts = new();

    private string File => Path.Combine(_folder.Path, "switchboard", "board-token");

    public void Dispose()
    {
        _interrupts.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void It_is_made_once_and_only_its_user_can_read_it()
    {
        var token = Find();

        Assert.Matches("^[0-9a-f]{32}$", token);
        Assert.Equal(token, Find());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Fact]
    public void One_that_others_could_read_is_not_believed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        var token = Find();
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(
                File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        Assert.NotEqual(token, Find());
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    public void One_that_is_none_is_replaced(string text)
    {
        Find();
        System.IO.File.WriteAllText(File, text);

        Assert.Matches("^[0-9a-f]{32}$", Find());
    }

    [Fact]
    public void Without_a_place_to_keep_it_there_is_none()
    {
        Assert.Null(BoardToken.Find(SurroundingsWith(_ => null)));
        Assert.Null(BoardToken.Find(SurroundingsWith(_ => "/proc/no-such")));
    }

    private string? Find() => BoardToken.Find(SurroundingsWith(_ => _folder.Path));

    private Surroundings SurroundingsWith(Func<string, string?> variable) => new()
    {
        Input = Stream.Null,
        Output = Stream.Null,
        Error = Stream.Null,
        Interrupts = _interrupts,
        Variable = variable,
    };
}
