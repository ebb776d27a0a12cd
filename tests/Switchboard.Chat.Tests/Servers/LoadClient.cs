using System.Globalization;
using System.Text;

namespace Switchboard.Chat.Tests.Servers;

/// <summary>
/// Somebody who says numbers in a room, one after the other, and notes which were acknowledged and what was read; who
/// comes back whenever it is let go.
/// </summary>
internal sealed class LoadClient(string nick, int port) : IAsyncDisposable
{
    public const string Room = "#load";

    // How many numbers may be on their way.
    private const int Window = 8;

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<long> _acknowledged = [];
    private readonly List<List<string>> _visits = [];
    private readonly Dictionary<string, long> _last = [];
    private Task _running = Task.CompletedTask;
    private long _said;
    private volatile bool _isQuiet;

    public string Nick => nick;

    /// <summary>Numbers whose echo came.</summary>
    public IReadOnlyList<long> Acknowledged
    {
        get
        {
            lock (_lock)
            {
                return [.. _acknowledged];
            }
        }
    }

    /// <summary>The last of them; 0 for none.</summary>
    public long LastAcknowledged
    {
        get
        {
            lock (_lock)
            {
                return _acknowledged.Count == 0 ? 0 : _acknowledged[^1];
            }
        }
    }

    /// <summary>What was read between coming and being let go: <c>nick number</c>, or <c>gap</c>.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Visits
    {
        get
        {
            lock (_lock)
            {
                return [.. _visits.Select(each => each.ToList())];
            }
        }
    }

    public void Start() => _running = StayAsync();

    /// <summary>Says nothing more, and goes on reading.</summary>
    public void FallSilent() => _isQuiet = true;

    /// <summary>The last number that was read of somebody; 0 for none.</summary>
    public long LastOf(string other)
    {
        lock (_lock)
        {
            return _last.GetValueOrDefault(other);
        }
    }

    public static long Number(string line) => long.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task StayAsync()
    {
        while (true)
        {
            try
            {
                await VisitAsync();
            }
            catch (Exception error) when (error is IOException)
            {
                // Its server was killed.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, _stop.Token);
        }
    }

    private async Task VisitAsync()
    {
        await using var connection = await Connection.ConnectAsync(
            Endpoint.Parse($"127.0.0.1:{port}"), cancellationToken: _stop.Token);
        await using var frames = connection.Frames(Framing.Lines(64 * 1024, LineEnding.CrLf));
        var visit = new List<string>();
        lock (_lock)
        {
            _visits.Add(visit);
        }

        await SendAsync(frames, "CAP REQ :echo-message", $"NICK {nick}", $"USER {nick} 0 * :{nick}", "CAP END");
        await SendAsync(frames, $"JOIN {Room}");
        var underWay = Window;
        while (await frames.ReceiveAsync(_stop.Token) is { } bytes)
        {
            var line = Encoding.UTF8.GetString(bytes.Span);
            underWay -= Note(line, visit);
            if (line.Contains(" 366 ", StringComparison.Ordinal))
            {
                underWay = 0;
            }

            for (; underWay < Window && !_isQuiet; underWay++)
            {
                await SendAsync(frames, $"PRIVMSG {Room} :{++_said}");
            }
        }
    }

    /// <returns>How many of its own were acknowledged by a line.</returns>
    private int Note(string line, List<string> visit)
    {
        if (line.Contains("may be missing", StringComparison.Ordinal))
        {
            lock (_lock)
            {
                visit.Add("gap");
            }
        }
        else if (line.Contains($" PRIVMSG {Room} :", StringComparison.Ordinal))
        {
            var (speaker, number) = (line[1..line.IndexOf('!', StringComparison.Ordinal)], line.Split(':')[^1]);
            lock (_lock)
            {
                visit.Add($"{speaker} {number}");
                _last[speaker] = long.Parse(number, CultureInfo.InvariantCulture);
                if (speaker == nick)
                {
                    _acknowledged.Add(_last[speaker]);
                    return 1;
                }
            }
        }

        return 0;
    }

    private static async Task SendAsync(FramedConnection frames, params string[] lines)
    {
        foreach (var line in lines)
        {
            await frames.SendAsync(Encoding.UTF8.GetBytes(line));
        }
    }
}
