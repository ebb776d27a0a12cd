using Switchboard.Chat;
using Switchboard.Cli.Holders;
using Switchboard.Files;

namespace Switchboard.Cli.Failures;

/// <summary>What an exception means to who typed the command: the one place where exceptions become words.</summary>
internal static class FailureTable
{
    /// <param name="error">What was thrown.</param>
    /// <param name="holders">Asked for the process behind a busy port.</param>
    public static Failure Explain(Exception error, IPortHolders holders) => error switch
    {
        FailureException explained => explained.Failure,
        BindException bind => BindFailures.Explain(bind, holders),
        EndpointFormatException endpoint => FromFormat(endpoint),
        ConnectionException connection => ConnectionFailures.Explain(connection),
        ChatRefusedException refused => ChatFailures.Explain(refused),
        TransferException transfer => TransferFailures.Explain(transfer),
        TruncatedFrameException truncated => new(
            ExitCode.Failed,
            "the peer finished sending in the middle of a frame.",
            $"{truncated.Message} {truncated.PartialFrame.Length} bytes of it had arrived."),
        FrameTooLargeException tooLarge => new(
            ExitCode.Failed,
            "a frame is too large.",
            tooLarge.Message,
            "Allow more with --max-frame, or check --framing."),
        FramingException framing => new(
            ExitCode.Failed,
            "the bytes break the framing.",
            framing.Message,
            "Check that both ends use the same framing."),
        TruncatedReceiveException truncated => new(
            ExitCode.Failed, "the peer finished sending too early.", truncated.Message),
        InvalidDataException input => new(
            ExitCode.Failed,
            "a line of the input is no frame.",
            input.Message,
            "Allow more with --max-frame, or choose another --framing; nothing from it on was sent."),
        DatagramTooLargeException tooLarge => new(
            ExitCode.Failed,
            $"{tooLarge.Length} bytes are too many for one datagram.",
            $"At most {tooLarge.MaxBytes} fit.",
            "Send shorter lines, or a smaller file, or use TCP."),
        TimeoutException timeout => new(ExitCode.TimedOut, "timed out.", timeout.Message),
        UnauthorizedAccessException denied => new(ExitCode.Failed, "not allowed.", denied.Message),
        IOException io => new(ExitCode.Failed, "reading or writing failed.", io.Message),
        _ => new(
            ExitCode.Failed,
            "a fault in switchboard itself.",
            error.Message,
            "Run it again with SWITCHBOARD_TRACE=1 and report what it prints."),
    };

    private static Failure FromFormat(EndpointFormatException error)
    {
        var lines = error.Message.Split('\n', 2);
        return new(ExitCode.Usage, lines[0], lines.Length > 1 ? lines[1] : null);
    }
}
