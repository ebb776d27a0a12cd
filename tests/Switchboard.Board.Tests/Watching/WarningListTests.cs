using Switchboard.Board.Watching;

namespace Switchboard.Board.Tests.Watching;

public sealed class WarningListTests
{
    [Fact]
    public void However_many_there_are_of_others_those_of_this_process_are_told_and_come_first()
    {
        var list = new WarningList(most: 3);
        for (var number = 1; number <= 5; number++)
        {
            list.Add(new BoardWarning(number, "send-stuck", "here", "of another"), isOfThisProcess: false);
        }

        list.Add(new BoardWarning(6, "send-stuck", "here", "of this one"), isOfThisProcess: true);

        Assert.Equal([6, 1, 2], list.All.Select(warning => warning.Number));
    }
}
