using Switchboard.Tests.Connections;
using Switchboard.Tests.Engines;

namespace Switchboard.Tests.Transports.SharedMemory;

/// <summary>The other end can write anything into the memory, at any time, and harms only its own connection.</summary>
public sealed class HostilePeerTests
{
    private const int Scribbles = 2000;

    public static TheoryData<string> Engines => [.. TestEngines.WithoutFaults];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_writing_position_that_cannot_be_ends_the_connection_with_an_error_of_its_own(string engine)
    {
        await using var peer = await HostilePeer.ConnectAsync(TestEngines.Of(engine));
        var receiving = peer.Victim.ReceiveAsync(new byte[100]).AsTask();
        await Waiting.UntilAsync(() => peer.Read(HostilePeer.ReceiverSleepsAt) != 0);

        peer.Write(HostilePeer.WrittenAt, long.MaxValue);
        await peer.RingAsync(bells: 1);

        var error = await Assert.ThrowsAsync<ProtocolBrokenException>(() => receiving.Soon());
        Assert.Contains("broke the rules of shared memory", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ProtocolBrokenException>(() => peer.Victim.SendAsync(new byte[1]).Soon());
        await peer.Victim.DisposeAsync();
        Assert.Equal(EndReason.ProtocolError, (await peer.Victim.Closed).Reason);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_reading_position_that_cannot_be_ends_the_send_that_meets_it(string engine)
    {
        await using var peer = await HostilePeer.ConnectAsync(TestEngines.Of(engine));
        peer.Write(HostilePeer.InServersRing(HostilePeer.TakenAt), -1);

        await Assert.ThrowsAsync<ProtocolBrokenException>(
            () => peer.Victim.SendAsync(new byte[2 * HostilePeer.RingBytes]).Soon());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Ringing_without_having_been_asked_to_ends_the_connection(string engine)
    {
        await using var peer = await HostilePeer.ConnectAsync(TestEngines.Of(engine));
        var receiving = peer.Victim.ReceiveAsync(new byte[100]).AsTask();

        await peer.RingAsync(bells: 100);

        await Assert.ThrowsAsync<ProtocolBrokenException>(() => receiving.Soon());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_peer_that_never_rings_keeps_only_those_waiting_who_asked_it(string engine)
    {
        await using var peer = await HostilePeer.ConnectAsync(TestEngines.Of(engine));
        using var cancel = new CancellationTokenSource();
        var receiving = peer.Victim.ReceiveAsync(new byte[100], cancel.Token).AsTask();
        await Waiting.UntilAsync(() => peer.Read(HostilePeer.ReceiverSleepsAt) != 0);
        peer.Write(HostilePeer.WrittenAt, 5);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.Soon());
        Assert.Equal(5, await peer.Victim.ReceiveAsync(new byte[100]).Soon());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_peer_that_hangs_up_without_finishing_is_a_reset_after_what_it_wrote(string engine)
    {
        await using var peer = await HostilePeer.ConnectAsync(TestEngines.Of(engine));
        peer.Write(HostilePeer.WrittenAt, 5);

        peer.Hang();

        Assert.Equal(5, await peer.Victim.ReceiveAsync(new byte[100]).Soon());
        await Assert.ThrowsAsync<ConnectionResetException>(() => peer.Victim.ReceiveAsync(new byte[100]).Soon());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Garbage_in_every_counter_never_crashes_or_hangs_whoever_receives_and_sends(string engine)
    {
        var seed = Seed.Choose();
        Seed.Print(seed);
        var chance = new Random((int)seed);
        for (var round = 0; round < 20; round++)
        {
            await using var peer = await HostilePeer.ConnectAsync(TestEngines.Of(engine));
            var receiving = ReceiveToTheEndAsync(peer.Victim);
            var sending = SendToTheEndAsync(peer.Victim);

            await ScribbleAsync(peer, chance);
            peer.Hang();

            Assert.True(await receiving.Soon() is null or ConnectionException);
            Assert.IsAssignableFrom<ConnectionException>(await sending.Soon());
        }
    }

    private static async Task ScribbleAsync(HostilePeer peer, Random chance)
    {
        int[] places =
        [
            HostilePeer.WrittenAt, HostilePeer.TakenAt, HostilePeer.ReceiverSleepsAt, HostilePeer.SenderSleepsAt,
            HostilePeer.FinishedAt,
        ];
        for (var scribble = 0; scribble < Scribbles; scribble++)
        {
            // Seldom what ends it at once: the end is only one of the things to be tried.
            var place = places[chance.Next(scribble < Scribbles / 2 ? places.Length - 1 : places.Length)];
            place = chance.Next(2) == 0 ? place : HostilePeer.InServersRing(place);
            peer.Write(place, Garbage(chance, peer.Read(place), isGentle: scribble < Scribbles / 2));
            if (chance.Next(200) == 0)
            {
                await peer.RingAsync(chance.Next(1, scribble < Scribbles / 2 ? 2 : 500));
            }
        }
    }

    private static long Garbage(Random chance, long now, bool isGentle) => chance.Next(isGentle ? 2 : 6) switch
    {
        0 => now + chance.Next(0, 64),
        1 => now,
        2 => chance.Next(-5, 5000),
        3 => chance.NextInt64(long.MinValue, long.MaxValue),
        4 => now - 1,
        _ => long.MaxValue,
    };

    private static async Task<Exception?> ReceiveToTheEndAsync(Connection connection)
    {
        var buffer = new byte[1000];
        return await Record.ExceptionAsync(async () =>
        {
            while (await connection.ReceiveAsync(buffer) is > 0 and <= 1000)
            {
                await Task.Yield();
            }
        });
    }

    private static async Task<Exception?> SendToTheEndAsync(Connection connection)
    {
        var bytes = new byte[777];
        return await Record.ExceptionAsync(async () =>
        {
            while (true)
            {
                await connection.SendAsync(bytes);
            }
        });
    }
}
