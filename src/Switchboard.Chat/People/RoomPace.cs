using Switchboard.Chat.Delivery;

namespace Switchboard.Chat.People;

/// <summary>
/// When what happens in a room is sent to its members. A send costs nearly the same with several lines in it as with
/// one: in a large room the first line after a pause goes out at once, and those that follow soon go out together. Only
/// used under the world's lock.
/// </summary>
internal sealed class RoomPace(Room room, World world, ChatOptions options)
{
    // A send to one member takes some five to ten microseconds: a room keeps a processor busy for a fifth of the time.
    private static readonly TimeSpan WaitPerMember = TimeSpan.FromMicroseconds(50);

    // Below that nobody gains anything.
    private const int FewMembers = 200;

    private long? _wentOut;
    private bool _isGathering;

    /// <summary>When the next line goes out.</summary>
    public DeliveryTime Next()
    {
        if (_isGathering)
        {
            return DeliveryTime.Soon;
        }

        if (room.Members.Count < FewMembers)
        {
            return DeliveryTime.Now;
        }

        var left = TimeLeft();
        if (left <= TimeSpan.Zero)
        {
            _wentOut = options.TimeProvider.GetTimestamp();
            return DeliveryTime.Now;
        }

        _isGathering = true;
        _ = SendHeldAsync(left);
        return DeliveryTime.Soon;
    }

    private TimeSpan TimeLeft()
    {
        if (_wentOut is not { } wentOut)
        {
            return TimeSpan.Zero;
        }

        var wait = WaitPerMember * room.Members.Count;
        var longest = options.Limits.MaxGatheringTime;
        return (wait < longest ? wait : longest) - options.TimeProvider.GetElapsedTime(wentOut);
    }

    private async Task SendHeldAsync(TimeSpan left)
    {
        await Task.Delay(left, options.TimeProvider, CancellationToken.None).ConfigureAwait(false);
        using (world.Enter())
        {
            _isGathering = false;
            _wentOut = options.TimeProvider.GetTimestamp();
            foreach (var person in room.Members.Keys)
            {
                person.Client?.SendHeld();
            }
        }
    }
}
