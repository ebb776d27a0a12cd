using System.Net;
using Switchboard.Board.Kernel;

namespace Switchboard.Board.Explaining;

/// <summary>What the kernel shows of any TCP connection of this machine, in a sentence.</summary>
internal static class KernelText
{
    private const ulong WhateverCookie = ulong.MaxValue;

    /// <summary>What it shows of one end.</summary>
    /// <param name="local">That end.</param>
    /// <param name="remote">The other one.</param>
    /// <returns>Null if the kernel knows no such connection, or this system cannot be asked.</returns>
    public static string? Of(Endpoint local, Endpoint remote)
    {
        if (!SocketDump.IsAvailable || AddressOf(local) is not { } here || AddressOf(remote) is not { } there)
        {
            return null;
        }

        try
        {
            using var dump = new SocketDump();

            // A socket that takes both kinds of addresses has the old ones in the new form.
            return (Find(dump, here, there) ?? Find(dump, Mapped(here), Mapped(there))) is { } row ? Of(row) : null;
        }
        catch (KernelException)
        {
            // A container may forbid the question; the conversation goes on without the answer.
            return null;
        }
    }

    private static string Of(in SocketRow row)
    {
        var state = row.State == SocketState.Bound ? "CLOSE" : SocketStates.NameOf(row.State);
        var unread = row.Unread > 0 ? $" {CallText.Bytes(row.Unread)} came and were not read." : "";
        var waiting = row.Waiting > 0 ? $" {CallText.Bytes(row.Waiting)} are not confirmed by the peer's kernel." : "";
        var flow = row.Flow is { RoundTripMicroseconds: { } roundTrip }
            ? $" A round trip takes {CallText.Number(roundTrip)} µs." : "";
        var again = row.Flow is { Retransmits: > 0 and var retransmits }
            ? $" {CallText.Number(retransmits)} segments were sent again." : "";
        return $"{state}. {StateText.Of(state)}{unread}{waiting}{flow}{again}";
    }

    private static SocketRow? Find(SocketDump dump, IPEndPoint local, IPEndPoint remote)
    {
        var asked = new SocketRow(
            WhateverCookie, KernelAddress.Of(local.Address, local.Port), KernelAddress.Of(remote.Address, remote.Port),
            SocketState.Unknown, 0, 0, 0, 0);

        // A kernel that knows no such connection tells of the listener that would take it.
        return dump.Find(asked, SocketDetail.Flow) is { } row && row.Remote.Equals(asked.Remote) ? row : null;
    }

    private static IPEndPoint? AddressOf(Endpoint endpoint) =>
        endpoint is TcpEndpoint or TlsEndpoint && endpoint is HostEndpoint host
            && IPAddress.TryParse(host.Host, out var address)
            ? new IPEndPoint(address, host.Port)
            : null;

    private static IPEndPoint Mapped(IPEndPoint address) => new(address.Address.MapToIPv6(), address.Port);
}
