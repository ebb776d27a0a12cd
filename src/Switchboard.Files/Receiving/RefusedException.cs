namespace Switchboard.Files.Receiving;

/// <summary>Carries what went wrong to where the sender is told, with the number of the file.</summary>
internal sealed class RefusedException(int index, TransferException error) : Exception(error.Message, error)
{
    public int Index => index;

    public TransferException Error => error;
}
