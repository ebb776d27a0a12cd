namespace Switchboard.Files.Sending;

/// <summary>Carries what went wrong with a file here to where the receiver is told.</summary>
internal sealed class UnsentException(int index, TransferException error) : Exception(error.Message, error)
{
    public int Index => index;

    public TransferException Error => error;
}
