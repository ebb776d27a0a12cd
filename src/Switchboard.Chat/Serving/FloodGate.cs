using Switchboard.Chat.People;

namespace Switchboard.Chat.Serving;

/// <summary>
/// Slows down who sends faster than is good for others. Lines wait where they are, so none is lost; who does not pause
/// for long is let go.
/// </summary>
internal sealed class FloodGate(ChatLimits limits, TimeProvider clock)
{
    private double _left = limits.MaxLineBurst;
    private long _counted = clock.GetTimestamp();
    private long? _slowedSince;

    /// <summary>Takes room for one line, and waits for it if it must.</summary>
    public ValueTask PassAsync(Client client)
    {
        var now = clock.GetTimestamp();
        _left = Math.Min(
            limits.MaxLineBurst,
            _left + (clock.GetElapsedTime(_counted, now).TotalSeconds * limits.MaxLinesPerSecond));
        _counted = now;
        if (_left >= 1)
        {
            _left--;
            _slowedSince = _left >= limits.MaxLineBurst / 2.0 ? null : _slowedSince;
            return default;
        }

        _slowedSince ??= now;
        return clock.GetElapsedTime(_slowedSince.Value, now) < limits.FloodTimeout
            ? WaitAsync(client)
            : EndAsync(client);
    }

    private async ValueTask WaitAsync(Client client)
    {
        var missing = TimeSpan.FromSeconds((1 - _left) / limits.MaxLinesPerSecond);
        await Task.Delay(missing, clock, client.Ended).ConfigureAwait(false);
        _left = 0;
        _counted = clock.GetTimestamp();
    }

    private static ValueTask EndAsync(Client client)
    {
        client.End("Excess Flood");
        return default;
    }
}
