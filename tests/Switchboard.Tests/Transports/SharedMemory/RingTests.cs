using System.Runtime.InteropServices;
using Switchboard.Transports.SharedMemory;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports.SharedMemory;

public sealed class RingTests : IDisposable
{
    private const int RingBytes = 4096;
    private const long StressBytes = 8 * 1024 * 1024;

    private readonly SharedRegion? _region = OperatingSystem.IsLinux() ? SharedRegion.Create(RingBytes) : null;

    public void Dispose() => _region?.Dispose();

    [Fact]
    public void What_is_written_comes_out_in_order_and_no_more()
    {
        var (writer, reader) = Ends();
        var buffer = new byte[10];

        Assert.Equal(0, reader.Read(buffer));
        Assert.Equal(3, writer.Write([1, 2, 3]));
        Assert.Equal(2, writer.Write([4, 5]));

        Assert.Equal(5, reader.Read(buffer));
        Assert.Equal([1, 2, 3, 4, 5], buffer[..5]);
        Assert.False(reader.HasBytes);
    }

    [Fact]
    public void It_takes_what_it_holds_and_goes_on_when_there_is_room_again()
    {
        var (writer, reader) = Ends();
        var many = PatternFrom(0, RingBytes + 100);

        Assert.Equal(RingBytes, writer.Write(many));
        Assert.Equal(0, writer.Write(many));

        Assert.Equal(100, reader.Read(new byte[100]));
        Assert.Equal(100, writer.Write(PatternFrom(RingBytes, 200)));

        // From here on a read begins in the middle and ends beyond the seam.
        var rest = new byte[RingBytes + 1];
        Assert.Equal(RingBytes, reader.Read(rest));
        Assert.Equal(PatternFrom(100, RingBytes), rest[..RingBytes]);
    }

    [Fact]
    public void The_two_rings_of_a_region_are_apart()
    {
        var (writer, reader) = Ends();
        var (otherWriter, otherReader) = Ends(ring: 1);

        writer.Write(PatternFrom(0, RingBytes));
        otherWriter.Write(PatternFrom(7, RingBytes));
        var (first, second) = (new byte[RingBytes], new byte[RingBytes]);
        reader.Read(first);
        otherReader.Read(second);

        Assert.Equal(PatternFrom(0, RingBytes), first);
        Assert.Equal(PatternFrom(7, RingBytes), second);
    }

    [Fact]
    public void A_sleeper_is_woken_once()
    {
        var (writer, reader) = Ends();
        reader.Sleep();
        writer.Write([1]);

        Assert.True(writer.TakeReceiversSleep());
        Assert.False(writer.TakeReceiversSleep());
    }

    [Fact]
    public void A_sender_that_waits_for_room_is_woken_when_half_of_the_ring_is_free()
    {
        var (writer, reader) = Ends();
        writer.Write(new byte[RingBytes]);
        writer.Sleep();
        reader.Read(new byte[(RingBytes / 2) - 1]);
        Assert.False(reader.TakeSendersSleep());

        reader.Read(new byte[1]);

        Assert.True(reader.TakeSendersSleep());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(RingBytes + 1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_writing_position_that_cannot_be_is_refused(long position)
    {
        var (_, reader) = Ends();
        Marshal.WriteInt64(Region.DangerousGetHandle(), HostilePeer.WrittenAt, position);

        Assert.Throws<InvalidDataException>(() => reader.Read(new byte[10]));
    }

    [Fact]
    public void A_writing_position_that_goes_back_is_refused()
    {
        var (writer, reader) = Ends();
        writer.Write([1, 2, 3]);
        reader.Read(new byte[2]);
        Marshal.WriteInt64(Region.DangerousGetHandle(), HostilePeer.WrittenAt, 2);

        Assert.Throws<InvalidDataException>(() => reader.Read(new byte[10]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_reading_position_that_cannot_be_is_refused(long position)
    {
        var (writer, _) = Ends();
        writer.Write([1, 2, 3]);
        Marshal.WriteInt64(Region.DangerousGetHandle(), HostilePeer.TakenAt, position);

        Assert.Throws<InvalidDataException>(() => writer.Write(new byte[RingBytes]));
    }

    [Fact]
    public async Task Two_threads_lose_and_mix_up_nothing()
    {
        var (writer, reader) = Ends();
        var seed = Seed.Choose();
        Seed.Print(seed);

        var writing = OnThread(() => WriteAll(writer, new Random((int)seed)));
        var wrongAt = await OnThread(() => ReadAll(reader, new Random((int)(seed >> 32)))).Soon();
        await writing.Soon();

        Assert.Equal(-1, wrongAt);
        Assert.True(reader.IsFinished);
        Assert.False(reader.HasBytes);
    }

    private SharedRegion Region
    {
        get
        {
            Assert.SkipUnless(_region is not null, "Shared memory works on Linux only.");
            return _region;
        }
    }

    private (RingWriter Writer, RingReader Reader) Ends(int ring = 0) =>
        (new RingWriter(Region.Ring(ring)), new RingReader(Region.Ring(ring)));

    private static Task<T> OnThread<T>(Func<T> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static long WriteAll(RingWriter writer, Random chance)
    {
        long written = 0;
        while (written < StressBytes)
        {
            var piece = PatternFrom(written, (int)Math.Min(StressBytes - written, chance.Next(1, 2 * RingBytes)));
            var count = writer.Write(piece);
            written += count;
            if (count == 0)
            {
                Thread.Yield();
            }
        }

        writer.Finish();
        return written;
    }

    /// <summary>Where the first wrong byte was; -1 for nowhere.</summary>
    private static long ReadAll(RingReader reader, Random chance)
    {
        var buffer = new byte[2 * RingBytes];
        for (long read = 0; ;)
        {
            var isFinished = reader.IsFinished;
            var count = reader.Read(buffer.AsSpan(0, chance.Next(1, buffer.Length)));
            if (!buffer.AsSpan(0, count).SequenceEqual(PatternFrom(read, count)))
            {
                return read;
            }

            read += count;
            if (count == 0 && isFinished)
            {
                return read == StressBytes ? -1 : read;
            }

            if (count == 0)
            {
                Thread.Yield();
            }
        }
    }

    // Of a length that has no factor in common with the ring's: a byte from the round before is a wrong one.
    private static byte[] PatternFrom(long position, int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)((position + i) % 251);
        }

        return bytes;
    }
}
