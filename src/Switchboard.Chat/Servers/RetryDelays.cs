using System.Security.Cryptography;

namespace Switchboard.Chat.Servers;

/// <summary>How long to wait before each next try: longer each time, and not all servers in the same moment.</summary>
internal sealed class RetryDelays
{
    private const int FirstMilliseconds = 500;
    private const int MaxMilliseconds = 30_000;

    private int _most = FirstMilliseconds;

    /// <summary>Between half of the longest and the longest, which doubles.</summary>
    public TimeSpan Next()
    {
        var delay = RandomNumberGenerator.GetInt32(_most / 2, _most + 1);
        _most = Math.Min(_most * 2, MaxMilliseconds);
        return TimeSpan.FromMilliseconds(delay);
    }

    public void Reset() => _most = FirstMilliseconds;
}
