using System.Threading.Channels;

namespace Switchboard.Cli.Chatting;

/// <summary>Does what was typed, one after the other, while the screen goes on.</summary>
/// <param name="failed">Told of what could not be done.</param>
/// <param name="done">Called when something is done.</param>
internal sealed class Outbox(Action<string> failed, Action done)
{
    private const int MaxWaiting = 500;

    private readonly Channel<(Func<Task> Work, int Lines)> _waiting =
        Channel.CreateBounded<(Func<Task> Work, int Lines)>(MaxWaiting);
    private int _count;

    /// <summary>How many lines are not done yet.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <returns>False when too many wait already.</returns>
    public bool TryAdd(Func<Task> work, int lines = 1)
    {
        Interlocked.Add(ref _count, lines);
        if (_waiting.Writer.TryWrite((work, lines)))
        {
            return true;
        }

        Interlocked.Add(ref _count, -lines);
        return false;
    }

    /// <summary>Nothing more comes: <see cref="RunAsync"/> ends when all is done.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    public async Task RunAsync(CancellationToken stop)
    {
        await foreach (var (work, lines) in _waiting.Reader.ReadAllAsync(stop))
        {
            try
            {
                await work();
            }
            catch (Exception error) when (error is IOException or TimeoutException or ArgumentException
                or FormatException or ObjectDisposedException)
            {
                failed(error is ConnectionException broken ? $"not sent: {broken.Problem}" : error.Message);
            }

            Interlocked.Add(ref _count, -lines);
            done();
        }
    }
}
