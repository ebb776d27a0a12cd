using Switchboard.Cli.Failures;
using Switchboard.Cli.Holders;

namespace Switchboard.Cli.Tests.Failures;

public sealed class FailureTableTests
{
    private static readonly Endpoint Remote = "tcp://127.0.0.1:9";

    public static TheoryData<Exception, int, string> Known => new()
    {
        { new ConnectionRefusedException("connect", null, Remote, "refused"), 3, "switchboard who :9" },
        { new HostNotFoundException("connect", null, "nowhere.example:9", "no such name"), 3, "spelling" },
        { new HostUnreachableException("connect", null, Remote, "no route"), 3, "network" },
        { Timeout(TimeoutPhase.Connect), 4, "--timeout" },
        { Timeout(TimeoutPhase.Resolve), 4, "name servers" },
        { Timeout(TimeoutPhase.Idle), 4, "" },
        { Timeout(TimeoutPhase.Handshake), 4, "--timeout" },
        { Tls(TlsFailure.Expired), 5, "" },
        { Tls(TlsFailure.SelfSigned), 5, "--pin" },
        { Tls(TlsFailure.UnknownAuthority), 5, "--ca" },
        { Tls(TlsFailure.WrongHost), 5, "--server-name" },
        { Tls(TlsFailure.PinMismatch), 5, "" },
        { Tls(TlsFailure.NoClientCertificate), 5, "--cert" },
        { Tls(TlsFailure.NotTls), 3, "tcp://" },
        { Tls(TlsFailure.NothingInCommon), 3, "" },
        { Tls(TlsFailure.Other, "receive"), 1, "" },
        { new TlsTruncatedException("receive", Remote, Remote, "cut off"), 1, "all of it" },
        { new ConnectionResetException("receive", Remote, Remote, "reset by peer"), 1, "" },
        { new ConnectionException("connect", null, Remote, "odd"), 3, "" },
        { new ConnectionException("send", Remote, Remote, "odd"), 1, "" },
        { new FrameTooLargeException("too long", 5), 1, "--max-frame" },
        { new TruncatedFrameException("half a line", new byte[3]), 1, "" },
        { new FramingException("wrong"), 1, "same framing" },
        { new BindException("0.0.0.0:80", BindFailure.Denied, "permission denied"), 3, "1024" },
        { new BindException("10.9.9.9:80", BindFailure.NotLocal, "not this machine's"), 3, "0.0.0.0" },
        { new BindException("unix:/no/app.sock", BindFailure.NotFound, "no directory"), 3, "directory first" },
        { new BindException(":80", BindFailure.InUse, "in use"), 3, "port 0" },
        { new InvalidDataException("a line is too long"), 1, "--max-frame" },
        { new TimeoutException("too long"), 4, "" },
        { new IOException("disk full"), 1, "" },
        { new InvalidOperationException("a fault"), 1, "SWITCHBOARD_TRACE" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Each_failure_has_an_exit_code_and_what_helps_is_said(Exception error, int exitCode, string next)
    {
        var failure = FailureTable.Explain(error, new UnknownHolders());

        Assert.Equal(exitCode, failure.ExitCode);
        Assert.EndsWith(".", failure.What, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(failure.Why));
        Assert.Contains(next, failure.Next ?? "", StringComparison.Ordinal);
    }

    private static TlsException Tls(TlsFailure failure, string operation = "handshake") =>
        new(operation, null, Remote, failure, "its certificate is not what it should be");

    private static ConnectionTimeoutException Timeout(TimeoutPhase phase) =>
        new(phase, TimeSpan.FromSeconds(5), null, Remote, "nothing came");
}
