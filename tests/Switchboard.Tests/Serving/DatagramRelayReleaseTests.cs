using Switchboard.Connections;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Serving;

/// <summary>Alone, because pooled buffers are counted for the whole process.</summary>
[Collection(Alone.Name)]
public sealed class DatagramRelayReleaseTests
{
    [Fact]
    public async Task A_relay_whose_target_was_not_there_has_given_back_every_buffer_when_it_has_stopped()
    {
        var observer = new RecordingRelayObserver();
        var rented = BufferPool.Rented;
        await using var relay = await DatagramRelay.StartAsync(
            "udp://127.0.0.1:0",
            "memory:relay-gives-back",
            new RelayOptions { Framing = Framing.Lines(maxBytes: 100), Observer = observer });
        await using var client = await DatagramSocket.ConnectAsync(relay.Local);
        await client.SendAsync("anybody?"u8.ToArray());
        await Waiting.UntilAsync(() => !observer.Drops.IsEmpty);

        await relay.StopAsync().Soon();

        await Waiting.UntilAsync(() => BufferPool.Rented <= rented);
    }
}
