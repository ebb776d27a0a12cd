using Switchboard.Files;

namespace Switchboard.Cli.Failures;

/// <summary>Why files were not sent or not received.</summary>
internal static class TransferFailures
{
    public static Failure Explain(TransferException error) => new(
        error.Failure == TransferFailure.WrongTicket ? ExitCode.NotTrusted : ExitCode.Failed,
        WhatOf(error.Failure),
        error.Message,
        NextFor(error.Failure));

    private static string WhatOf(TransferFailure failure) => failure switch
    {
        TransferFailure.WrongTicket => "the ticket was not accepted.",
        TransferFailure.NameRefused => "a name was refused.",
        TransferFailure.TooMuch => "that is more than is taken.",
        TransferFailure.AlreadyThere => "something is in the way.",
        TransferFailure.Changed => "a file was changed meanwhile.",
        TransferFailure.Mismatch => "a file did not arrive as it was sent.",
        TransferFailure.DiskFull => "the receiver's disk is full.",
        TransferFailure.Denied => "a file cannot be written.",
        TransferFailure.Unreadable => "a file cannot be read.",
        TransferFailure.NoCommonWay => "the two ends do not fit each other.",
        TransferFailure.Stopped => "the other end was stopped.",
        _ => "the transfer failed.",
    };

    private static string? NextFor(TransferFailure failure) => failure switch
    {
        TransferFailure.WrongTicket => "Take the ticket that switchboard receive printed last.",
        TransferFailure.NameRefused => "Rename it where it is sent, and send again.",
        TransferFailure.TooMuch => "Send less at once, make room, or allow more where it is received.",
        TransferFailure.AlreadyThere => "Move it away, or receive into another folder: --into FOLDER",
        TransferFailure.Mismatch or TransferFailure.Changed => "Send it again.",
        TransferFailure.DiskFull => "Make room and send again: what has arrived is kept.",
        TransferFailure.NoCommonWay => "Use the same version at both ends, and --plain at both or at none.",
        TransferFailure.Stopped => "Send again when it is back: what has arrived is kept.",
        _ => null,
    };
}
