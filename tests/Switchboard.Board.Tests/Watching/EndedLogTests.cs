using Switchboard.Board.Watching;

namespace Switchboard.Board.Tests.Watching;

public sealed class EndedLogTests
{
    private readonly EndedLog _log = new();

    [Fact]
    public void However_many_of_others_end_those_of_this_process_are_remembered()
    {
        Add(connection: 7);
        for (var count = 0; count < 2 * EndedLog.Most; count++)
        {
            Add(connection: null);
        }

        Assert.Equal(EndedLog.Most, _log.After(0).Count());
        Assert.Equal(7, _log.After(0).First().Connection);
        Assert.Equal((2 * EndedLog.Most) + 1, _log.Count);
    }

    [Fact]
    public void Only_those_behind_a_count_are_told()
    {
        Add(connection: 1);
        Add(connection: null);
        Add(connection: 3);

        Assert.Equal(",3", string.Join(',', _log.After(1).Select(ended => ended.Connection)));
    }

    private void Add(long? connection) =>
        _log.Add(new EndedSocket(0, DateTimeOffset.UnixEpoch, "", "", "")
        {
            Connection = connection,
            IsOfThisProcess = connection is not null,
        });
}
