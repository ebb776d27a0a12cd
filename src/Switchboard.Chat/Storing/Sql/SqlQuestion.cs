namespace Switchboard.Chat.Storing.Sql;

/// <summary>An order whose answer is awaited.</summary>
internal class SqlQuestion<T>(string doing, Func<SqlDesk, T> ask, CancellationToken givenUp) : SqlOrder
{
    // Who waits goes on elsewhere: the database's threads are for the database.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _value = default!;

    public Task<T> Answer => _answer.Task;

    public override string Doing => doing;

    public override bool IsGivenUp => givenUp.IsCancellationRequested;

    public override void Run(SqlDesk desk) => _value = ask(desk);

    public override void Complete() => _answer.TrySetResult(_value);

    public override void Fail(Exception error)
    {
        _answer.TrySetException(error);

        // Who has given up waiting does not look, and that is no news to anybody.
        _ = _answer.Task.Exception;
    }
}
