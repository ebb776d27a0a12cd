using Bank.Protocol;
using Switchboard;
using Switchboard.Testing;
using Switchboard.Tests;
using Switchboard.Tests.Connections;

namespace Bank.Tests;

/// <summary>The client against servers that a test answers for.</summary>
public sealed class BankClientTests
{
    private static readonly BankRequest.Transfer Transfer =
        new(AccountNumber.For(1), AccountNumber.For(2), 1, "", Category.Other, "key-of-this-test");

    [Fact]
    public async Task Answers_may_overtake_each_other()
    {
        var held = new TaskCompletionSource();
        await using var server = await StartAsync(async (frames, id, request) =>
        {
            if (request is BankRequest.Transfer)
            {
                await held.Task;
            }

            await frames.SendAsync(BankFrame.Write(id, Answer(request)));
        });
        await using var client = new BankClient(OptionsFor(server));

        var slow = client.AskAsync(Transfer);
        await client.AskAsync(new BankRequest.SignOut()).Soon();
        Assert.False(slow.IsCompleted);
        held.SetResult();

        Assert.Equal("id", (await slow.Soon()).Id);
    }

    [Fact]
    public async Task What_is_not_answered_when_the_connection_ends_is_told_as_unknown_and_the_next_is_answered()
    {
        var asked = 0;
        await using var server = await StartAsync(async (frames, id, request) =>
        {
            if (request is BankRequest.Transfer && Interlocked.Increment(ref asked) == 1)
            {
                frames.Connection.Abort();
                return;
            }

            await frames.SendAsync(BankFrame.Write(id, Answer(request)));
        });
        await using var client = new BankClient(OptionsFor(server));

        var unknown = await Assert.ThrowsAsync<BankException>(() => client.AskAsync(Transfer).Soon());

        Assert.Equal(BankError.OutcomeUnknown, unknown.Error);
        Assert.Equal("id", (await client.AskAsync(Transfer).Soon()).Id);
    }

    [Fact]
    public async Task What_only_reads_is_asked_again_by_itself()
    {
        var asked = 0;
        await using var server = await StartAsync(async (frames, id, request) =>
        {
            if (request is BankRequest.WhoAmI && Interlocked.Increment(ref asked) == 1)
            {
                frames.Connection.Abort();
                return;
            }

            await frames.SendAsync(BankFrame.Write(id, Answer(request)));
        });
        await using var client = new BankClient(OptionsFor(server));

        Assert.Equal("ada", (await client.AskAsync(new BankRequest.WhoAmI()).Soon()).Name);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task No_answer_in_time_is_told_as_unknown()
    {
        // Of today, when the certificates are good.
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        var asked = new TaskCompletionSource();
        await using var server = await StartAsync((frames, id, request) =>
        {
            if (request is BankRequest.Ping)
            {
                return AnswerAsync(frames, id, request);
            }

            asked.SetResult();
            return Task.CompletedTask;
        });
        var options = OptionsFor(server) with { TimeProvider = clock };
        await using var client = new BankClient(options);

        var asking = client.AskAsync(Transfer);
        await asked.Task.Soon();
        clock.Advance(options.Timeout);

        Assert.Equal(BankError.OutcomeUnknown, (await Assert.ThrowsAsync<BankException>(() => asking.Soon())).Error);
    }

    [Fact]
    public async Task Nobody_there_is_told_as_unavailable_and_why()
    {
        var nobody = $"tls://127.0.0.1:{FreePort.Next()}";

        var gone = await VainQuestion.AskAsync(BankClientOptions.From(TestCertificates.Ours, nobody));

        Assert.Equal(BankError.Unavailable, gone.Error);
        Assert.IsType<ConnectionRefusedException>(gone.InnerException);
    }

    [Fact]
    public async Task The_next_server_is_tried_when_one_is_gone()
    {
        var first = await StartAsync(AnswerAsync);
        await using var second = await StartAsync(AnswerAsync);
        await using var client = new BankClient(OptionsFor(first, second));
        await client.AskAsync(new BankRequest.SignOut()).Soon();
        Assert.Equal(0, second.GetStatistics().Accepted);

        await first.StopAsync(TimeSpan.Zero).Soon();
        await first.DisposeAsync();

        Assert.Equal("ada", (await client.AskAsync(new BankRequest.WhoAmI()).Soon()).Name);
        Assert.Equal(1, second.GetStatistics().Accepted);
    }

    [Fact]
    public async Task Who_gives_up_is_told_so()
    {
        await using var server = await StartAsync((frames, id, request) => request is BankRequest.Ping
            ? AnswerAsync(frames, id, request)
            : Task.CompletedTask);
        await using var client = new BankClient(OptionsFor(server));
        using var givenUp = new CancellationTokenSource();

        var asking = client.AskAsync(Transfer, givenUp.Token);
        await givenUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.Soon());
    }

    private static Task AnswerAsync(FramedConnection frames, ulong id, BankRequest request) =>
        frames.SendAsync(BankFrame.Write(id, Answer(request))).AsTask();

    private static BankReply Answer(BankRequest request) => request switch
    {
        BankRequest.Transfer => new BankReply.Transferred("id", false, DateTimeOffset.UnixEpoch, 0),
        BankRequest.WhoAmI => new BankReply.Customer("ada", "Ada", false, "EUR", 1),
        _ => new BankReply.Done(),
    };

    private static BankClientOptions OptionsFor(params IReadOnlyList<Server> servers) =>
        BankClientOptions.From(TestCertificates.Ours, [.. servers.Select(server => server.Local)]) with
        {
            Timeout = OpenBank.Patience,
        };

    private static Task<Server> StartAsync(Func<FramedConnection, ulong, BankRequest, Task> answer)
    {
        var tls = new TlsListenOptions
        {
            Certificates = [BankCertificates.Load(TestCertificates.Ours, BankCertificates.Application)],
            ClientRoots = BankCertificates.LoadRoots(TestCertificates.Ours),
        };

        return Server.StartAsync(
            "tls://127.0.0.1:0",
            async (connection, stopping) =>
            {
                await using var frames = connection.Frames(BankFrame.Framing);
                var answers = new List<Task>();
                while (await frames.ReceiveAsync(stopping) is { } frame)
                {
                    answers.Add(answer(frames, BankFrame.IdOf(frame.Span), BankFrame.ReadRequest(frame.Span)));
                }

                await Task.WhenAll(answers);
            },
            new ServerOptions { Listen = new() { Tls = tls }, DrainTimeout = TimeSpan.Zero }).Soon();
    }
}
