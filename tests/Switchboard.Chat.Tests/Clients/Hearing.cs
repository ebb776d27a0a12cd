using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Clients;

/// <summary>Waiting for what a client tells.</summary>
internal static class Hearing
{
    /// <summary>The next event of that type; others are left out.</summary>
    public static async Task<T> NextAsync<T>(this ChatClient client)
        where T : ChatEvent
    {
        while (true)
        {
            var happened = await client.ReceiveAsync().Soon();
            if (happened is T wanted)
            {
                return wanted;
            }

            Assert.True(happened is not null, $"It ended without {typeof(T).Name}.");
        }
    }
}
