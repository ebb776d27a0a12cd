using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Datagrams;

/// <summary>One to many: multicast and broadcast, without leaving this machine.</summary>
public sealed class DatagramGroupTests
{
    private static readonly IPAddress Group = IPAddress.Parse("239.255.73.42");

    private readonly byte[] _buffer = new byte[100];

    public static TheoryData<string> Engines => DatagramPlaces.Engines;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Everybody_in_a_group_hears_what_is_sent_to_it(string engine)
    {
        var options = DatagramPlaces.On(engine) with { MulticastInterface = "127.0.0.1" };
        await using var first = await DatagramSocket.BindAsync($"udp://{Group}:0", options);
        await using var second = await DatagramSocket.BindAsync(first.Local, options);
        await using var sender = await DatagramSocket.ConnectAsync(first.Local, options);

        await sender.SendAsync("all"u8.ToArray());

        Assert.Equal(3, (await first.ReceiveAsync(_buffer).Soon()).Length);
        Assert.Equal(3, (await second.ReceiveAsync(_buffer).Soon()).Length);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("1")]
    [InlineData("lo")]
    public async Task A_group_is_joined_and_left_by_name_index_or_address(string networkInterface)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The loopback interface has another name here.");
        await using var socket = await DatagramSocket.BindAsync("udp://0.0.0.0:0");
        await using var sender = await DatagramSocket.BindAsync(
            "udp://127.0.0.1:0", new DatagramOptions { MulticastInterface = networkInterface });

        socket.JoinGroup(Group, networkInterface);
        await sender.SendToAsync("joined"u8.ToArray(), new DatagramAddress(Group, socket.Local.Port));
        Assert.Equal(6, (await socket.ReceiveAsync(_buffer).Soon()).Length);
        socket.LeaveGroup(Group, networkInterface);

        Assert.Throws<ConnectionException>(() => socket.LeaveGroup(Group, networkInterface));
    }

    [Fact]
    public async Task A_group_of_IPv6_is_joined_by_who_is_bound_to_it()
    {
        // Linux sends nothing to such groups over the loopback interface: it has no route for them.
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The loopback interface has another name here.");
        var group = IPAddress.Parse("ff02::7342");
        await using var hearer = await DatagramSocket.BindAsync(
            $"udp://[{group}]:0", new DatagramOptions { MulticastInterface = "lo" });

        hearer.LeaveGroup(group, "lo");

        Assert.Throws<ConnectionException>(() => hearer.LeaveGroup(group, "lo"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_multicast_of_IPv6_is_heard_on_the_interface_it_is_sent_by_or_the_sender_is_told(string engine)
    {
        // The loopback interface of Linux mostly has no route for groups. The others do; a group of ff01 never leaves
        // the machine, and no router is told of who hears it.
        foreach (var network in NetworkInterface.GetAllNetworkInterfaces().Where(TakesGroupsOfIPv6))
        {
            var options = DatagramPlaces.On(engine) with
            {
                MulticastInterface = network.Name,
                MulticastTimeToLive = 0,
            };
            await using var first = await DatagramSocket.BindAsync("udp://[ff01::7342]:0", options);
            await using var second = await DatagramSocket.BindAsync(first.Local, options);

            if (await TrySendAsync(first.Local, options))
            {
                Assert.Equal(3, (await first.ReceiveAsync(_buffer).Soon()).Length);
                Assert.Equal(3, (await second.ReceiveAsync(_buffer).Soon()).Length);
            }
        }
    }

    [Theory]
    [InlineData("udp://127.0.0.1:0", SocketOptionLevel.IP)]
    [InlineData("udp://[::1]:0", SocketOptionLevel.IPv6)]
    public async Task What_the_options_say_of_multicasts_reaches_the_socket(string endpoint, SocketOptionLevel level)
    {
        var options = new DatagramOptions { MulticastLoopback = false, MulticastTimeToLive = 7 };
        await using var changed = await DatagramSocket.BindAsync(endpoint, options);
        await using var usual = await DatagramSocket.BindAsync(endpoint);

        Assert.Equal([0, 7], Read(changed));
        Assert.Equal([1, 1], Read(usual));

        List<int> Read(DatagramSocket socket)
        {
            var read = new List<int>();
            socket.Wire.Configure(one => read.AddRange(
            [
                (int)one.GetSocketOption(level, SocketOptionName.MulticastLoopback)!,
                (int)one.GetSocketOption(level, SocketOptionName.MulticastTimeToLive)!,
            ]));
            return read;
        }
    }

    [Fact]
    public async Task Mistakes_about_groups_say_what_is_there()
    {
        await using var socket = await DatagramSocket.BindAsync("udp://127.0.0.1:0");

        Assert.Throws<ArgumentException>(() => socket.JoinGroup(IPAddress.Loopback));
        Assert.Throws<ArgumentException>(() => socket.JoinGroup(IPAddress.Parse("ff02::1")));
        var error = Assert.Throws<ArgumentException>(() => socket.JoinGroup(Group, "nowhere0"));
        Assert.Contains("lo", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_broadcast_has_to_be_allowed(string engine)
    {
        await using var socket = await DatagramPlaces.BindAsync("udp://0.0.0.0:0", engine);
        var everybody = new DatagramAddress(IPAddress.Parse("127.255.255.255"), 9);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => socket.SendToAsync("all"u8.ToArray(), everybody).AsTask()).Soon();
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => DatagramPlaces.ConnectAsync("udp://127.255.255.255:9", engine));

        Assert.Contains(nameof(DatagramOptions.AllowBroadcast), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_broadcast_that_is_allowed_arrives(string engine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The loopback interface has no broadcast address here.");
        var options = DatagramPlaces.On(engine) with { AllowBroadcast = true };
        await using var hearer = await DatagramSocket.BindAsync("udp://0.0.0.0:0", options);
        await using var sender = await DatagramSocket.ConnectAsync(
            $"udp://127.255.255.255:{hearer.Local.Port}", options);

        await sender.SendAsync("all"u8.ToArray());

        Assert.Equal(3, (await hearer.ReceiveAsync(_buffer).Soon()).Length);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_shared_port_is_shared_by_those_who_say_so(string engine)
    {
        var options = DatagramPlaces.On(engine) with { SharePort = true };
        await using var first = await DatagramSocket.BindAsync("udp://127.0.0.1:0", options);
        await using var second = await DatagramSocket.BindAsync(first.Local, options);

        var error = await Assert.ThrowsAsync<BindException>(
            () => DatagramSocket.BindAsync(first.Local, DatagramPlaces.On(engine)));

        Assert.Equal(BindFailure.InUse, error.Failure);
        Assert.IsType<SocketException>(error.InnerException);
    }

    private static bool TakesGroupsOfIPv6(NetworkInterface network) =>
        (network.OperationalStatus == OperationalStatus.Up
            || network.NetworkInterfaceType == NetworkInterfaceType.Loopback)
        && network.Supports(NetworkInterfaceComponent.IPv6)
        && network.GetIPProperties().UnicastAddresses.Any(
            each => each.Address.AddressFamily == AddressFamily.InterNetworkV6);

    private static async Task<bool> TrySendAsync(UdpEndpoint group, DatagramOptions options)
    {
        try
        {
            await using var sender = await DatagramSocket.ConnectAsync(group, options);
            await sender.SendAsync("all"u8.ToArray());
            return true;
        }
        catch (HostUnreachableException error)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(error.Message);
            return false;
        }
    }
}
