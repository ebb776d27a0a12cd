using Bank.Protocol;

namespace Bank.Database;

/// <summary>Work that yields something.</summary>
internal sealed class Work<T>(Func<Desk, T> work) : Work
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public override Exception? Run(Desk desk)
    {
        var before = desk.Writes;
        try
        {
            _result = work(desk);

            return null;
        }
        catch (BankException refused) when (desk.Writes == before)
        {
            return refused;
        }
    }

    public override void Finish(Exception? failure)
    {
        if (failure is null)
        {
            _done.SetResult(_result!);
        }
        else
        {
            _done.SetException(failure);
        }
    }
}
