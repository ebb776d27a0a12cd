using System.Net.Sockets;
using Switchboard.Engines;
using Switchboard.Engines.Sockets;

namespace Switchboard.Tests.Engines;

public class SocketErrorsTests
{
    private static readonly Endpoint Here = "tcp://127.0.0.1:1";
    private static readonly Endpoint There = "tcp://127.0.0.1:2";

    [Theory]
    [InlineData(SocketError.ConnectionRefused, typeof(ConnectionRefusedException))]
    [InlineData(SocketError.ConnectionReset, typeof(ConnectionResetException))]
    [InlineData(SocketError.ConnectionAborted, typeof(ConnectionResetException))]
    [InlineData(SocketError.Shutdown, typeof(ConnectionResetException))]
    [InlineData(SocketError.NetworkReset, typeof(ConnectionResetException))]
    [InlineData(SocketError.NotConnected, typeof(ConnectionResetException))]
    [InlineData(SocketError.Disconnecting, typeof(ConnectionResetException))]
    [InlineData(SocketError.HostUnreachable, typeof(HostUnreachableException))]
    [InlineData(SocketError.NetworkUnreachable, typeof(HostUnreachableException))]
    [InlineData(SocketError.HostDown, typeof(HostUnreachableException))]
    [InlineData(SocketError.NetworkDown, typeof(HostUnreachableException))]
    [InlineData(SocketError.AddressNotAvailable, typeof(HostUnreachableException))]
    [InlineData(SocketError.AddressFamilyNotSupported, typeof(HostUnreachableException))]
    [InlineData(SocketError.TimedOut, typeof(ConnectionTimeoutException))]
    [InlineData(SocketError.AccessDenied, typeof(ConnectionException))]
    [InlineData(SocketError.TooManyOpenSockets, typeof(ConnectionException))]
    [InlineData(SocketError.WouldBlock, typeof(BacklogFullException))]
    [InlineData(SocketError.MessageSize, typeof(ConnectionException))]
    public void Each_error_of_a_connection_has_its_type_and_names_both_ends(SocketError code, Type expected)
    {
        var error = SocketErrors.Translate(new SocketException((int)code), "connect", Here, There);

        Assert.IsType(expected, error);
        Assert.Equal(("connect", There), (error.Operation, error.Remote));
        Assert.Contains($"{There}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("connect", TimeoutPhase.Connect)]
    [InlineData("receive", TimeoutPhase.KeepAlive)]
    [InlineData("send", TimeoutPhase.KeepAlive)]
    public void A_timeout_of_the_operating_system_is_told_from_one_of_ours(string operation, TimeoutPhase phase)
    {
        var error = Assert.IsType<ConnectionTimeoutException>(SocketErrors.Translate(
            new SocketException((int)SocketError.TimedOut), operation, Here, There));

        Assert.Equal(phase, error.Phase);
        Assert.Null(error.Limit);
    }

    [Theory]
    [InlineData(SocketError.AddressAlreadyInUse, BindFailure.InUse)]
    [InlineData(SocketError.AddressNotAvailable, BindFailure.NotLocal)]
    [InlineData(SocketError.AddressFamilyNotSupported, BindFailure.NotLocal)]
    [InlineData(SocketError.AccessDenied, BindFailure.Denied)]
    [InlineData(SocketError.Fault, BindFailure.Other)]
    public void Each_error_of_a_bind_has_its_failure(SocketError code, BindFailure expected)
    {
        var error = SocketErrors.TranslateBind(new SocketException((int)code), Here);

        Assert.Equal(expected, error.Failure);
        Assert.Equal(Here, error.Endpoint);
    }

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets, AcceptFailure.OutOfResources)]
    [InlineData(SocketError.NoBufferSpaceAvailable, AcceptFailure.OutOfResources)]
    [InlineData(SocketError.NotSocket, AcceptFailure.Fatal)]
    [InlineData(SocketError.InvalidArgument, AcceptFailure.Fatal)]
    [InlineData(SocketError.ConnectionAborted, AcceptFailure.PeerGone)]
    [InlineData(SocketError.ConnectionReset, AcceptFailure.PeerGone)]
    [InlineData(SocketError.NetworkDown, AcceptFailure.PeerGone)]
    [InlineData(SocketError.HostUnreachable, AcceptFailure.PeerGone)]
    public void Each_error_of_an_accept_says_what_it_means_for_the_next(SocketError code, AcceptFailure expected)
    {
        Assert.Equal(expected, SocketErrors.TranslateAccept(new SocketException((int)code), Here).Failure);
    }

    [Fact]
    public void An_accept_error_that_nobody_foresaw_pauses_and_does_not_spin()
    {
        // Whatever has no name in the framework, ENOMEM among it.
        var error = SocketErrors.TranslateAccept(new SocketException((int)SocketError.SocketError), Here);

        Assert.Equal(AcceptFailure.OutOfResources, error.Failure);
    }
}
