using System.Globalization;
using System.Security.Cryptography;

namespace Switchboard.Chat.Messages;

/// <summary>
/// Ids that no other server, and no other run of this one, ever gives: a time, a count, and chance. In the order of
/// letters they are in the order of time. One caller at a time.
/// </summary>
internal sealed class MessageIds(TimeProvider clock)
{
    private readonly string _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5));
    private long _lastMillisecond;
    private int _count;
    private bool _isClosed;

    /// <summary>The next id, and its time to the millisecond; neither ever goes back.</summary>
    public (string Id, DateTimeOffset Time) Next()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var least = _isClosed ? _lastMillisecond + 1 : _lastMillisecond;
        _count = Math.Max(now, least) > _lastMillisecond ? 0 : _count + 1;
        (_lastMillisecond, _isClosed) = (Math.Max(now, least), false);
        var id = string.Create(CultureInfo.InvariantCulture, $"{_lastMillisecond:x12}{_count:x6}-{_run}");
        return (id, DateTimeOffset.FromUnixTimeMilliseconds(_lastMillisecond));
    }

    /// <summary>Ends the millisecond that it is: whatever comes next is of a later one.</summary>
    /// <returns>The millisecond; no earlier one comes either.</returns>
    public DateTimeOffset Close()
    {
        (_lastMillisecond, _isClosed) = (Math.Max(clock.GetUtcNow().ToUnixTimeMilliseconds(), _lastMillisecond), true);
        return DateTimeOffset.FromUnixTimeMilliseconds(_lastMillisecond);
    }

    /// <summary>The millisecond that an id begins with; 0 for what is no id.</summary>
    public static long TimeOf(string id) => id.Length > 12
        && long.TryParse(id.AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var time)
            ? time
            : 0;
}
