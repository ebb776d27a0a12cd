namespace Switchboard.Files.Receiving;

/// <summary>The sender said why it does not go on; it may come back.</summary>
internal sealed class SenderGaveUpException(TransferFailure failure) : Exception(Describe(failure))
{
    private static string Describe(TransferFailure failure) => failure switch
    {
        TransferFailure.Changed => "A file was changed while it was sent.",
        TransferFailure.Unreadable => "The sender could not read a file.",
        TransferFailure.Stopped => "The sender was stopped.",
        _ => "The sender gave up.",
    };
}
