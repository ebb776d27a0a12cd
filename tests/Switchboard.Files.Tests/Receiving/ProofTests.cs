using Switchboard.Files.Protocol;
using Switchboard.Files.Tickets;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Files.Tests.Receiving;

/// <summary>Who has not the ticket learns nothing, writes nothing and ends nothing.</summary>
public sealed class ProofTests : IDisposable
{
    private readonly TestFolders _folders = new();
    private readonly TwoEnds _ends = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task A_wrong_secret_is_refused_and_the_receiver_waits_on()
    {
        var path = _folders.Write("file", 1000);
        await using var receiver = await _ends.StartAsync(_folders.Target);
        var receiving = receiver.ReceiveAsync();
        var right = receiver.Ticket!;
        var wrong = new Ticket(right.Endpoint, right.FingerprintBytes, TicketSecret.Create());

        var refused = await Assert.ThrowsAsync<TransferException>(() => _ends.NewSender(path).SendAsync(wrong).Soon());

        Assert.Equal(TransferFailure.WrongTicket, refused.Failure);
        Assert.Empty(Directory.GetFileSystemEntries(_folders.Target));
        await _ends.NewSender(path).SendAsync(right).Soon();
        await receiving.Soon();
    }

    [Fact]
    public async Task Another_certificate_than_the_tickets_is_not_sent_to()
    {
        var path = _folders.Write("file", 1000);
        await using var receiver = await _ends.StartAsync(_folders.Target);
        using var stop = new CancellationTokenSource();
        var receiving = receiver.ReceiveAsync(stop.Token);
        var right = receiver.Ticket!;
        var other = new Ticket(right.Endpoint, new byte[32], right.Secret);

        var refused = await Assert.ThrowsAsync<TlsException>(() => _ends.NewSender(path).SendAsync(other).Soon());

        Assert.Equal(TlsFailure.PinMismatch, refused.Failure);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.Soon());
    }

    [Fact]
    public async Task A_receiver_that_does_not_know_the_secret_is_not_sent_to()
    {
        var path = _folders.Write("file", 1000);
        var certificate = TlsCertificate.CreateSelfSigned();
        await using var listener = await Listener.BindAsync(_ends.Endpoint, new ListenOptions
        {
            Transport = _ends.Transport,
            Tls = new TlsListenOptions { Certificates = [certificate] },
        });
        var ticket = new Ticket(
            listener.Local, Convert.FromHexString(certificate.Fingerprint), TicketSecret.Create());
        var sending = _ends.NewSender(path).SendAsync(ticket);
        await using var connection = await listener.AcceptAsync().Soon();
        await using var frames = connection.Frames(Framing.LengthPrefixed(64));
        await frames.ReceiveAsync().Soon();
        await frames.SendAsync(MessageWriter.Hello(Wording.Version, isProtected: true, new byte[32]));
        var proof = (await frames.ReceiveAsync().Soon())!.Value.ToArray();

        // The sender's own proof, sent back.
        await frames.SendAsync(proof);

        var refused = await Assert.ThrowsAsync<TransferException>(() => sending.Soon());
        Assert.Equal(TransferFailure.WrongTicket, refused.Failure);
        Assert.Null(await frames.ReceiveAsync().Soon());
    }

    [Fact]
    public async Task A_proof_that_was_overheard_does_not_open_another_connection()
    {
        await using var receiver = await _ends.StartAsync(_folders.Target);
        using var stop = new CancellationTokenSource();
        var receiving = receiver.ReceiveAsync(stop.Token);
        var ticket = receiver.Ticket!;
        var nonce = new byte[TicketSecret.NonceBytes];
        byte[] overheard;
        await using (var connection = await RawSender.OpenAsync(_ends, receiver))
        await using (var frames = connection.Frames(Framing.LengthPrefixed(64)))
        {
            await frames.SendAsync(MessageWriter.Hello(Wording.Version, isProtected: true, nonce));
            var hello = (await frames.ReceiveAsync().Soon())!.Value;
            overheard = MessageWriter.Proof(ticket.Secret.Prove(
                Wording.SenderRole, ticket.FingerprintBytes, nonce, hello.Span[^TicketSecret.NonceBytes..]));
            await frames.SendAsync(overheard);
            Assert.Equal((byte)MessageKind.Proof, (await frames.ReceiveAsync().Soon())!.Value.Span[0]);
        }

        await using (var connection = await RawSender.OpenAsync(_ends, receiver))
        await using (var frames = connection.Frames(Framing.LengthPrefixed(64)))
        {
            await frames.SendAsync(MessageWriter.Hello(Wording.Version, isProtected: true, nonce));
            await frames.ReceiveAsync().Soon();
            await frames.SendAsync(overheard);
            await Assert.ThrowsAnyAsync<ConnectionException>(() => frames.ReceiveAsync().Soon());
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.Soon());
    }

    [Fact]
    public async Task Strangers_who_say_anything_end_nothing()
    {
        const int Strangers = 40;
        var path = _folders.Write("file", 1000);
        await using var receiver = await _ends.StartAsync(_folders.Target);
        var receiving = receiver.ReceiveAsync();
        var random = new Random(7342);
        for (var i = 0; i < Strangers; i++)
        {
            var noise = new byte[random.Next(1, 300)];
            random.NextBytes(noise);

            // Half of them speak TLS, some their own protocol well up to the proof.
            await using var connection = i % 2 == 0
                ? await RawSender.OpenAsync(_ends, receiver)
                : await Connection.ConnectAsync(receiver.Local, new ConnectOptions { Transport = _ends.Transport });
            await TrySendAsync(
                connection,
                i % 4 == 0 ? [0, 0, 0, 45] : noise,
                MessageWriter.Hello(Wording.Version, isProtected: true, new byte[32]),
                noise);
            if (i % 3 == 0)
            {
                connection.Abort();
            }
        }

        Assert.False(receiving.IsCompleted);
        Assert.Empty(Directory.GetFileSystemEntries(_folders.Target));
        await _ends.NewSender(path).SendAsync(receiver.Ticket!).Soon();
        await receiving.Soon();
    }

    [Fact]
    public async Task Who_stalls_before_the_proof_gives_its_place_back_when_its_time_is_over()
    {
        const int Places = 3;
        var clock = new ManualClock();
        var path = _folders.Write("file", 1000);
        var options = _ends.Into(_folders.Target);

        // Without TLS, whose handshakes would be timed by the same clock.
        await using var receiver = await _ends.StartAsync(options with
        {
            Protection = Protection.None,
            Limits = options.Limits with { MaxUnproven = Places },
            Listen = options.Listen with { Connection = new ConnectionOptions { TimeProvider = clock } },
        });
        var receiving = receiver.ReceiveAsync();
        var stalled = new List<Connection>();
        for (var i = 0; i < Places; i++)
        {
            stalled.Add(await RawSender.OpenAsync(_ends, receiver));
        }

        await clock.WaitForTimersAsync(Places);
        var sending = _ends.NewSender(path).SendUnprotectedAsync(receiver.Local);
        clock.Advance(options.Limits.ProofTimeout);

        await sending.Soon();
        await receiving.Soon();
        foreach (var connection in stalled)
        {
            await Assert.ThrowsAnyAsync<ConnectionException>(() => connection.ReceiveAsync(new byte[1]).Soon());
            await connection.DisposeAsync();
        }
    }

    [Fact]
    public async Task Ends_of_which_one_is_unprotected_do_not_talk()
    {
        var path = _folders.Write("file", 1000);
        await using var receiver = await _ends.StartAsync(
            _ends.Into(_folders.Target) with { Protection = Protection.None });
        using var stop = new CancellationTokenSource();
        var receiving = receiver.ReceiveAsync(stop.Token);
        var ticket = new Ticket(receiver.Local, new byte[32], TicketSecret.Create());

        await Assert.ThrowsAnyAsync<ConnectionException>(() => _ends.NewSender(path).SendAsync(ticket).Soon());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.Soon());
        Assert.Empty(Directory.GetFileSystemEntries(_folders.Target));
    }
    private static async Task TrySendAsync(Connection connection, params byte[][] pieces)
    {
        try
        {
            foreach (var piece in pieces)
            {
                await connection.SendAsync(piece).Soon();
            }
        }
        catch (ConnectionException)
        {
            // The receiver had heard enough.
        }
    }
}
