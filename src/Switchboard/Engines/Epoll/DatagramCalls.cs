using System.Runtime.InteropServices;

namespace Switchboard.Engines.Epoll;

/// <summary>
/// The calls that move datagrams. Each returns what came of it, or an error number, negated. Sound because each address
/// that the kernel is given is one of this frame's stack, of a pinned span, or of a batch's memory, which never moves.
/// </summary>
internal static unsafe class DatagramCalls
{
    // Messages in one call; what they need lies on the stack.
    private const int MaxMessages = 32;
    private const int AddressBytes = 32;
    private const int ControlBytes = 64;

    // As many as Linux cuts out of one joined send, in all its versions.
    private const int MaxSegments = 64;
    private const int MaxJoinedSendBytes = 65507;

    public static int ReceiveFrom(int descriptor, Span<byte> buffer, out DatagramAddress from)
    {
        var address = stackalloc byte[AddressBytes];
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                uint addressLength = AddressBytes;
                var length = Libc.ReceiveFrom(
                    descriptor, bytes, (nuint)buffer.Length, Libc.RealLength, address, &addressLength);
                if (length >= 0)
                {
                    from = RawAddress.Read(new ReadOnlySpan<byte>(address, (int)addressLength));
                    return (int)length;
                }

                if (Marshal.GetLastPInvokeError() is not Errno.Interrupted and var errno)
                {
                    from = default;
                    return -errno;
                }
            }
        }
    }

    public static int SendTo(DatagramEar ear, ReadOnlySpan<byte> bytes, DatagramAddress? destination)
    {
        var address = stackalloc byte[AddressBytes];
        var addressLength = destination is { } to ? RawAddress.Write(to, ear.IsIPv6, address) : 0;
        fixed (byte* first = bytes)
        {
            while (true)
            {
                var length = Libc.SendTo(
                    ear.Key.Descriptor, first, (nuint)bytes.Length, Libc.NoSignal,
                    addressLength > 0 ? address : null, addressLength);
                if (length >= 0)
                {
                    return (int)length;
                }

                if (Marshal.GetLastPInvokeError() is not Errno.Interrupted and var errno)
                {
                    return -errno;
                }
            }
        }
    }

    /// <returns>How many datagrams the batch has now.</returns>
    public static int ReceiveMany(DatagramEar ear, DatagramBatch batch)
    {
        var joins = ear.Joins();
        var slotBytes = joins ? DatagramBatch.JoinedBytes : batch.MaxDatagramBytes;
        var count = Math.Min(MaxMessages, joins ? batch.JoinedSlots : batch.Slots);
        var messages = stackalloc Libc.Message[count];
        var vectors = stackalloc Libc.Vector[count];
        var addresses = stackalloc byte[count * AddressBytes];
        var controls = stackalloc byte[count * ControlBytes];
        var memory = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(batch.Memory, 0);
        for (var i = 0; i < count; i++)
        {
            vectors[i] = new() { First = memory + (i * slotBytes), Length = (nuint)slotBytes };
            messages[i].Header.Address = addresses + (i * AddressBytes);
            messages[i].Header.AddressLength = AddressBytes;
            messages[i].Header.Vectors = vectors + i;
            messages[i].Header.VectorCount = 1;
            messages[i].Header.Control = controls + (i * ControlBytes);
            messages[i].Header.ControlLength = ControlBytes;
        }

        int received;
        while ((received = Libc.ReceiveMessages(
            ear.Key.Descriptor, messages, (uint)count, Libc.RealLength, null)) < 0)
        {
            if (Marshal.GetLastPInvokeError() is not Errno.Interrupted and var errno)
            {
                return -errno;
            }
        }

        for (var i = 0; i < received; i++)
        {
            Add(batch, messages[i], i * slotBytes, slotBytes);
        }

        return batch.Count;
    }

    /// <summary>
    /// Sends what comes next in a batch and leaves by the same socket. Datagrams of one size to one address that lie
    /// next to each other go as one, which the kernel, or the network card, cuts.
    /// </summary>
    /// <returns>How many datagrams were sent.</returns>
    public static int SendMany(
        EpollDatagramWire wire, DatagramEar ear, DatagramBatch batch, ref int maxSegmentBytes)
    {
        var messages = stackalloc Libc.Message[MaxMessages];
        var vectors = stackalloc Libc.Vector[MaxMessages];
        var addresses = stackalloc byte[MaxMessages * AddressBytes];
        var controls = stackalloc byte[MaxMessages * ControlBytes];
        var counts = stackalloc int[MaxMessages];
        var memory = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(batch.Memory, 0);
        var next = batch.Sent;
        var used = 0;
        while (used < MaxMessages && next < batch.Count)
        {
            ref readonly var item = ref batch.ItemAt(next);
            var destination = wire.Remote is null ? item.Address : null;
            if (wire.EarFor(destination) != ear)
            {
                break;
            }

            var run = batch.RunAt(next, MaxSegments, maxSegmentBytes, MaxJoinedSendBytes);
            vectors[used] = new() { First = memory + item.Offset, Length = (nuint)run.Bytes };
            messages[used].Header.Vectors = vectors + used;
            messages[used].Header.VectorCount = 1;
            if (destination is { } to)
            {
                messages[used].Header.Address = addresses + (used * AddressBytes);
                messages[used].Header.AddressLength = RawAddress.Write(to, ear.IsIPv6, messages[used].Header.Address);
            }

            if (run.Count > 1)
            {
                messages[used].Header.Control = controls + (used * ControlBytes);
                messages[used].Header.ControlLength = WriteSegmentSize(messages[used].Header.Control, item.Length);
            }

            counts[used++] = run.Count;
            next += run.Count;
        }

        var sent = Libc.SendMessages(ear.Key.Descriptor, messages, (uint)used, Libc.NoSignal);
        return sent >= 0
            ? Sum(counts, sent)
            : Failed(Marshal.GetLastPInvokeError(), counts[0], batch.ItemAt(batch.Sent).Length, ref maxSegmentBytes);
    }

    private static int Sum(int* counts, int count)
    {
        var sum = 0;
        for (var i = 0; i < count; i++)
        {
            sum += counts[i];
        }

        return sum;
    }

    private static int Failed(int errno, int segments, int segmentBytes, ref int maxSegmentBytes)
    {
        if (segments == 1 || errno is not (Errno.InvalidArgument or Errno.InputOutput or Errno.TooLong
            or Errno.NotSupported or Errno.NoSuchOption))
        {
            return errno == Errno.Interrupted ? 0 : -errno;
        }

        // The kernel does not cut such large ones, or none at all: they go one by one from now on.
        maxSegmentBytes = segmentBytes - 1;
        return 0;
    }

    private static void Add(DatagramBatch batch, in Libc.Message message, int offset, int slotBytes)
    {
        var from = RawAddress.Read(new ReadOnlySpan<byte>(message.Header.Address, (int)message.Header.AddressLength));
        var length = (int)message.Length;
        var held = Math.Min(length, slotBytes);
        var segment = ReadSegmentSize(message.Header);
        if (segment <= 0 || segment >= held)
        {
            batch.AddReceived(offset, held, length, from);
            return;
        }

        for (var start = 0; start < held; start += segment)
        {
            var bytes = Math.Min(segment, held - start);
            batch.AddReceived(offset + start, bytes, bytes, from);
        }
    }

    private static nuint WriteSegmentSize(byte* control, int bytes)
    {
        var header = (Libc.ControlHeader*)control;
        header->Length = (nuint)(sizeof(Libc.ControlHeader) + sizeof(ushort));
        header->Level = Libc.IpProtoUdp;
        header->Type = Libc.UdpSegment;
        *(ushort*)(header + 1) = (ushort)bytes;

        // What follows a header is padded to a whole word.
        return (nuint)(sizeof(Libc.ControlHeader) + sizeof(nuint));
    }

    private static int ReadSegmentSize(in Libc.MessageHeader message)
    {
        var header = (Libc.ControlHeader*)message.Control;
        return message.ControlLength >= (nuint)(sizeof(Libc.ControlHeader) + sizeof(int))
            && header->Level == Libc.IpProtoUdp && header->Type == Libc.UdpJoin
            ? *(int*)(header + 1)
            : 0;
    }
}
