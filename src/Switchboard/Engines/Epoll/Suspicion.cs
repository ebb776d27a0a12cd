namespace Switchboard.Engines.Epoll;

/// <summary>What the watch remembers of a loop from one look to the next.</summary>
/// <param name="loop">Which loop.</param>
/// <param name="compiled">How many methods the runtime has compiled so far.</param>
internal sealed class Suspicion(EventLoop loop, Func<long> compiled)
{
    public EventLoop Loop => loop;

    public LoopWord Word { get; private set; }

    /// <summary>What the loop was seen to be in the middle of.</summary>
    public Piece Piece { get; private set; } = new(compiled);

    /// <summary>The loop has gone on: this is the next piece of work.</summary>
    public void Begin(LoopWord word)
    {
        Word = word;
        Piece.Begin(word.IsPolling ? null : loop.Owner);
    }

    /// <summary>The loop goes on without the code that kept it, which runs on by itself.</summary>
    public Piece LetGo()
    {
        var piece = Piece;
        Piece = new Piece(compiled);
        return piece;
    }
}
