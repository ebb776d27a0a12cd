namespace Switchboard.Chat.Clients;

/// <summary>How long to wait before each try to come back: ever longer, and never as long as somebody else.</summary>
internal sealed class Redial(ChatClientOptions options)
{
    private int _tries;

    /// <summary>The next wait; null when it was tried often enough.</summary>
    public TimeSpan? Next()
    {
        if (_tries >= options.MaxReconnects)
        {
            return null;
        }

        var doublings = Math.Min(_tries++, 30);
        var longest = options.FirstReconnectDelay * Math.Pow(2, doublings);
        longest = longest < options.LongestReconnectDelay ? longest : options.LongestReconnectDelay;
#pragma warning disable CA5394 // It guards nothing: it spreads those who come back.
        return longest * ((1 + options.Chance.NextDouble()) / 2);
#pragma warning restore CA5394
    }

    /// <summary>A connection has held: the next loss is another story.</summary>
    public void Reset() => _tries = 0;
}
