using Switchboard.Chat.People;
using Switchboard.Chat.Servers.Letters;

namespace Switchboard.Chat.Servers;

/// <summary>
/// Takes letters one after the other, and has each forgotten by the broker when what it says is kept. One that says
/// nothing fit is refused, told and forgotten: whoever may publish may send anything.
/// </summary>
internal sealed class LetterReceiver(
    World world, HeardMessages messages, Neighbours neighbours, ChatOptions options, Action wantSnapshot)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    public async Task ReceiveAllAsync(IChatBrokerLink link, CancellationToken cancellationToken)
    {
        while (true)
        {
            var received = await link.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            await TakeAsync(received, cancellationToken).ConfigureAwait(false);
            await link.AcknowledgeAsync(received, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TakeAsync(BrokerLetter received, CancellationToken cancellationToken)
    {
        var (letter, objection) = LetterText.Decode(received.Body.Span);
        if (letter is null)
        {
            options.Observer?.LetterRefused(objection);
        }
        else if (!LetterRules.IsFit(letter))
        {
            options.Observer?.LetterRefused("it says what no server of this version says");
        }
        else if (letter.From != world.Server)
        {
            await TakeAsync(letter, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What the store does not keep now is tried again: the letters behind it wait.</summary>
    private async Task TakeAsync(Letter letter, CancellationToken cancellationToken)
    {
        while (await FailureOfAsync(letter, cancellationToken).ConfigureAwait(false) is { } error)
        {
            options.Observer?.StoreFailed(error);
            await Task.Delay(BetweenTries, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ChatStoreException?> FailureOfAsync(Letter letter, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyAsync(letter, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ChatStoreException error)
        {
            return error;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // It passed the rules and does not fit together all the same: no letter ends the chat.
            options.Observer?.LetterRefused(error.Message);
            return null;
        }
    }

    private async Task ApplyAsync(Letter letter, CancellationToken cancellationToken)
    {
        if (letter is SaidLetter said)
        {
            await messages.TakeAsync(said, cancellationToken).ConfigureAwait(false);
        }
        else if (letter is HelloLetter hello)
        {
            await messages.TakeAsync(hello, cancellationToken).ConfigureAwait(false);
        }

        using (world.Enter())
        {
            Tell(letter);
        }
    }

    private void Tell(Letter letter)
    {
        switch (letter)
        {
            case HelloLetter hello:
                neighbours.Take(hello);
                break;
            case EventsLetter events:
                neighbours.Take(events);
                break;
            case SnapshotLetter snapshot:
                neighbours.Take(snapshot);
                break;
            case AskLetter ask when ask.Of is null || ask.Of == world.Server:
                neighbours.Hear(letter);
                wantSnapshot();
                break;
            case SaidLetter:
                // It may have waited for days: no sign that its server is there now.
                break;
        }
    }
}
