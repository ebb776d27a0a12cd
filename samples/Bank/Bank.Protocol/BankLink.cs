using System.Collections.Concurrent;
using Switchboard;

namespace Bank.Protocol;

/// <summary>One connection to the application tier, with many requests under way. It is used until it breaks.</summary>
internal sealed class BankLink : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<BankReply>> _waiting = new();
    private readonly Connection _connection;
    private readonly FramedConnection _frames;
    private readonly Task _receiving;
    private ulong _lastId;
    private volatile bool _hasEnded;

    private BankLink(Connection connection)
    {
        _connection = connection;
        _frames = connection.Frames(BankFrame.Framing);
        _receiving = ReceiveAsync();
    }

    public bool HasEnded => _hasEnded;

    /// <summary>
    /// Connects and hears one answer: with TLS 1.3 a client knows only then that its own certificate was good enough.
    /// </summary>
    public static async Task<BankLink> ConnectAsync(
        Endpoint endpoint, BankClientOptions options, CancellationToken cancellationToken)
    {
        var tls = new TlsConnectOptions
        {
            Certificate = options.Certificate,
            TrustedRoots = options.Roots,
            ServerName = BankCertificates.Application,
        };
        var connect = new ConnectOptions
        {
            Tls = tls,
            Timeout = options.Timeout,
            Connection = new ConnectionOptions { TimeProvider = options.TimeProvider },
        };
        var link = new BankLink(await Connection.ConnectAsync(endpoint, connect, cancellationToken));
        try
        {
            await link.AskAsync(new BankRequest.Ping(), cancellationToken).WaitAsync(
                options.Timeout, options.TimeProvider, cancellationToken);

            return link;
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="BankException">
    /// The connection broke before the answer came; or this end's frame was never sent whole, which nobody can tell.
    /// </exception>
    public async Task<BankReply> AskAsync(BankRequest request, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<BankReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        try
        {
            await _frames.SendAsync(BankFrame.Write(id, request), CancellationToken.None);

            // The end may have come before this question was among those that wait; but so may the answer.
            if (_hasEnded && !answer.Task.IsCompleted)
            {
                throw Unknown(null);
            }

            return await answer.Task.WaitAsync(cancellationToken);
        }
        catch (FramingException refused)
        {
            throw Unknown(refused);
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            // Whoever asks next gets another link, although the end of this one has not been received yet.
            _hasEnded = true;
            throw Unknown(broken);
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Abort();
        await _receiving;
        await _frames.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task ReceiveAsync()
    {
        Exception? why = null;
        try
        {
            await foreach (var frame in _frames.ReceiveAllAsync())
            {
                Answer(BankFrame.IdOf(frame.Span), BankFrame.ReadReply(frame.Span));
            }
        }
        catch (Exception broken) when (broken is IOException or BankException or ObjectDisposedException)
        {
            why = broken;
        }

        // First the mark, then those who wait: whoever comes between sees the mark.
        _hasEnded = true;
        _connection.Abort();
        foreach (var answer in _waiting.Values)
        {
            answer.TrySetException(Unknown(why));
        }
    }

    // An answer that nobody waits for any more is dropped; its request may be asked again with its key.
    private void Answer(ulong id, BankReply reply)
    {
        if (_waiting.TryGetValue(id, out var answer))
        {
            answer.TrySetResult(reply);
        }
    }

    private BankException Unknown(Exception? why) => new(
        BankError.OutcomeUnknown,
        $"The connection to {_connection.Remote} ended before the answer came. Ask again with the same key.",
        why);
}
