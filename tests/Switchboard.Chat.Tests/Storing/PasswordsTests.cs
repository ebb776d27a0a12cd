using Switchboard.Chat.Storing.Passwords;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Storing;

public sealed class PasswordsTests : IDisposable
{
    // What waits for so long would wait for ever.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(3);

    private readonly Passwords _passwords = new(iterations: 2_000, maxAtOnce: 1);

    public void Dispose() => _passwords.Dispose();

    [Fact]
    public async Task A_password_is_told_from_others()
    {
        var kept = await _passwords.HashAsync("pässword 🔑");

        Assert.Equal(PasswordVerdict.Right, await _passwords.CompareAsync("pässword 🔑", kept));
        foreach (var other in new[] { "", "passwort", "PÄSSWORD 🔑", "pässword 🔑 ", kept })
        {
            Assert.Equal(PasswordVerdict.Wrong, await _passwords.CompareAsync(other, kept));
        }
    }

    [Fact]
    public async Task Two_hashes_of_one_password_are_not_the_same()
    {
        var one = await _passwords.HashAsync("x");
        var other = await _passwords.HashAsync("x");

        Assert.StartsWith("pbkdf2-sha512$2000$", one, StringComparison.Ordinal);
        Assert.NotEqual(one, other);
    }

    // From another implementation: python3 -c "hashlib.pbkdf2_hmac('sha512', b'password', b'salt'*4, 1000)", base64url.
    [Fact]
    public async Task Hashes_are_those_of_other_implementations()
    {
        const string kept = "pbkdf2-sha512$1000$c2FsdHNhbHRzYWx0c2FsdA$"
            + "715rqIr5dXOVPpBhqqsugl037zT5bWJTWYmZtIcK8hBnisKpwfY7kokvwjDrNHqHhF50Pb7MD6HvkJwiDQw4ww";

        Assert.Equal(PasswordVerdict.RightButCheap, await _passwords.CompareAsync("password", kept));
        Assert.Equal(PasswordVerdict.Wrong, await _passwords.CompareAsync("passwore", kept));
    }

    [Fact]
    public async Task A_cheap_hash_is_to_be_made_anew_and_a_dear_one_stays()
    {
        using var dearer = new Passwords(iterations: 3_000);
        var cheap = await _passwords.HashAsync("x");
        var dear = await dearer.HashAsync("x");

        Assert.Equal(PasswordVerdict.RightButCheap, await dearer.CompareAsync("x", cheap));
        Assert.Equal(PasswordVerdict.Wrong, await dearer.CompareAsync("y", cheap));
        Assert.Equal(PasswordVerdict.Right, await _passwords.CompareAsync("x", dear));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("pbkdf2-sha512$2000$AAAA$")]
    [InlineData("pbkdf2-sha512$2000$AAAA$AAAA")]
    [InlineData("pbkdf2-sha512$2000$%%%$AAAA")]
    [InlineData("pbkdf2-sha512$-1$AAAA$AAAA")]
    [InlineData("pbkdf2-sha512$2000000000$AAAA$AAAA")]
    [InlineData("bcrypt$2000$AAAA$AAAA")]
    public async Task No_password_is_right_where_nothing_is_kept(string? kept)
    {
        Assert.Equal(PasswordVerdict.Wrong, await _passwords.CompareAsync("x", kept));
        Assert.Equal(PasswordVerdict.Wrong, await _passwords.CompareAsync("", kept));
    }

    [Fact]
    public void The_default_is_what_OWASP_asks_for()
    {
        Assert.Equal(210_000, Passwords.DefaultIterations);
        Assert.Equal(64, PasswordHash.Make("x", 1_000).Hash.Length);
    }

    [Fact]
    public async Task Who_waits_for_a_turn_may_give_up()
    {
        using var patience = new CancellationTokenSource();
        using var isGivenUp = new ManualResetEventSlim();
        var first = _passwords.InTurnAsync(() => isGivenUp.Wait(Hang), CancellationToken.None);
        var waiting = _passwords.HashAsync("x", patience.Token);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
        isGivenUp.Set();
        Assert.True(await first.Soon());
        await _passwords.HashAsync("y").Soon();
    }

    [Fact]
    public async Task The_caller_goes_on_at_once()
    {
        using var hasGoneOn = new ManualResetEventSlim();

        var work = _passwords.InTurnAsync(() => hasGoneOn.Wait(Hang), CancellationToken.None);

        hasGoneOn.Set();
        Assert.True(await work.Soon());
    }
}
