namespace Switchboard.Chat.Delivery;

/// <summary>When a line goes out to a client.</summary>
internal enum DeliveryTime
{
    /// <summary>At once.</summary>
    Now,

    /// <summary>Together with those behind it, and before anything that goes at once.</summary>
    Soon,
}
