using System.Text;
using Switchboard.Files.Names;

namespace Switchboard.Files.Tests.Names;

public sealed class OfferedNameTests
{
    [Fact]
    public void Every_hostile_name_is_refused_with_a_reason_that_no_terminal_obeys()
    {
        Assert.InRange(HostileNames.All.Count, 500, int.MaxValue);
        foreach (var name in HostileNames.All)
        {
            var refused = Assert.Throws<TransferException>(() => OfferedName.Parse(name));
            Assert.Equal(TransferFailure.NameRefused, refused.Failure);
            Assert.DoesNotContain(refused.Message, char.IsControl);
            Assert.InRange(refused.Message.Length, 20, 300);
        }
    }

    [Theory]
    [InlineData("report.pdf")]
    [InlineData("a")]
    [InlineData(".hidden")]
    [InlineData("..hidden")]
    [InlineData("photos/2026/sea.jpg")]
    [InlineData("10:30 o'clock.log")]
    [InlineData("größe – naïve 文件 файл ملف 👩‍👩‍👧.txt")]
    [InlineData("con-tract.txt")]
    [InlineData("COM10")]
    [InlineData("console")]
    [InlineData("-rf")]
    [InlineData("what?*<>|\".txt")]
    public void A_name_that_harms_nobody_is_kept_as_it_is(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name.AsSpan().ContainsAny(":?*"), "Windows keeps these.");

        Assert.Equal(name, OfferedName.Parse(Encoding.UTF8.GetBytes(name)).Text);
    }

    [Fact]
    public void The_longest_and_the_deepest_names_are_kept()
    {
        Assert.Equal(255, OfferedName.Parse(new string('a', 255)).Text.Length);
        Assert.Equal(32, OfferedName.Parse(string.Join('/', Enumerable.Repeat("a", 32))).Parts.Count);
    }
}
