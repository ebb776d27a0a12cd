using Bank.Application;
using Bank.Protocol;
using Switchboard.Chat.Tests.Storing;
using Switchboard.Tests.Connections;

namespace Bank.Tests;

public sealed class SignInTests(PostgresServer postgres)
{
    [Theory]
    [BothDatabases]
    public async Task Two_factors_give_a_token_that_says_who_asks(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);

        var token = await bank.SignInAsync("ada");

        Assert.Equal(
            new BankReply.Customer("ada", "Ada L.", false, "EUR", 1_000_00),
            await bank.AskAsync(new BankRequest.WhoAmI(), token));
    }

    [Theory]
    [BothDatabases]
    public async Task A_code_is_good_once(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        await bank.SignInAsync("ada");
        var code = Totp.CodeAt(OpenBank.Secret, bank.Clock.GetUtcNow());

        var started = await bank.AskAsync(new BankRequest.SignIn("ada", OpenBank.Password));

        Assert.Equal(
            BankError.WrongCredentials,
            await bank.RefusedAsync(new BankRequest.ConfirmSignIn(started.Challenge, code)));
    }

    [Theory]
    [BothDatabases]
    public async Task Wrong_names_passwords_and_challenges_are_told_alike(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);

        foreach (var request in (BankRequest.SignIn[])
            [new("ada", "wrong"), new("nobody", OpenBank.Password), new("ADA", OpenBank.Password), new("", ""),
             new("a\0da", OpenBank.Password), new(new string('a', 1000), "x"), new("grace", new string('a', 1000))])
        {
            Assert.Equal(BankError.WrongCredentials, await bank.RefusedAsync(request));
        }

        Assert.Equal(
            BankError.WrongCredentials, await bank.RefusedAsync(new BankRequest.ConfirmSignIn("nothing", "123456")));
    }

    [Theory]
    [BothDatabases]
    public async Task Each_wrong_password_after_the_third_doubles_the_delay(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        foreach (var name in (string[])["ada", "nobody"])
        {
            for (var failures = 1; failures <= 14; failures++)
            {
                Assert.Equal(
                    BankError.WrongCredentials, await bank.RefusedAsync(new BankRequest.SignIn(name, "wrong")));
                bank.Clock.Advance(await DelayAsync(bank, name, failures));
            }
        }

        // The delay is over, and the right ones are heard.
        bank.Clock.Advance(OpenBank.Rules.MaxDelay);
        await bank.SignInAsync("ada");
        Assert.Equal(BankError.WrongCredentials, await bank.RefusedAsync(new BankRequest.SignIn("ada", "wrong")));
    }

    [Theory]
    [BothDatabases]
    public async Task Wrong_codes_count_as_wrong_passwords_do(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var started = await bank.AskAsync(new BankRequest.SignIn("ada", OpenBank.Password));
        for (var failures = 1; failures <= 3; failures++)
        {
            Assert.Equal(
                BankError.WrongCredentials,
                await bank.RefusedAsync(new BankRequest.ConfirmSignIn(started.Challenge, "000000")));
        }

        var code = Totp.CodeAt(OpenBank.Secret, bank.Clock.GetUtcNow());
        Assert.Equal(
            BankError.LockedOut, await bank.RefusedAsync(new BankRequest.ConfirmSignIn(started.Challenge, code)));
    }

    [Theory]
    [BothDatabases]
    public async Task Many_guesses_at_the_same_time_are_no_more_than_one_after_the_other(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);

        var errors = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            bank.RefusedAsync(new BankRequest.SignIn("ada", "wrong"))));

        Assert.Equal(3, errors.Count(error => error == BankError.WrongCredentials));
        Assert.Equal(9, errors.Count(error => error == BankError.LockedOut));
    }

    [Theory]
    [BothDatabases]
    public async Task A_token_ends_when_it_is_not_used_and_at_the_latest_after_its_life(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var (used, unused) = (await bank.SignInAsync("ada"), await bank.SignInAsync("grace"));
        for (var time = TimeSpan.Zero; time < OpenBank.Rules.TokenLifetime; time += TimeSpan.FromMinutes(14))
        {
            await bank.AskAsync(new BankRequest.WhoAmI(), used);
            bank.Clock.Advance(TimeSpan.FromMinutes(14));
        }

        Assert.Equal(BankError.NotSignedIn, await bank.RefusedAsync(new BankRequest.WhoAmI(), used));
        Assert.Equal(BankError.NotSignedIn, await bank.RefusedAsync(new BankRequest.WhoAmI(), unused));
    }

    [Theory]
    [BothDatabases]
    public async Task Signing_out_ends_one_token_and_signing_out_everywhere_all(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var (first, second, third) =
            (await bank.SignInAsync("ada"), await bank.SignInAsync("ada"), await bank.SignInAsync("ada"));
        var others = await bank.SignInAsync("grace");

        await bank.AskAsync(new BankRequest.SignOut(), first);
        Assert.Equal(BankError.NotSignedIn, await bank.RefusedAsync(new BankRequest.WhoAmI(), first));
        await bank.AskAsync(new BankRequest.WhoAmI(), second);
        await bank.AskAsync(new BankRequest.SignOutEverywhere(), second);

        Assert.Equal(BankError.NotSignedIn, await bank.RefusedAsync(new BankRequest.WhoAmI(), second));
        Assert.Equal(BankError.NotSignedIn, await bank.RefusedAsync(new BankRequest.WhoAmI(), third));
        await bank.AskAsync(new BankRequest.WhoAmI(), others);
    }

    [Theory]
    [BothDatabases]
    public async Task Neither_password_nor_token_is_in_the_database(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var token = await bank.SignInAsync("ada");

        var kept = await bank.Database.ReadAsync(desk => string.Join('\n', desk
            .Read("SELECT hash FROM tokens", row => row.GetString(0))
            .Concat(desk.Read("SELECT password FROM customers", row => row.GetString(0))))).Soon();

        Assert.DoesNotContain(token, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(OpenBank.Password, kept, StringComparison.Ordinal);
        Assert.Contains("pbkdf2-sha256$1$", kept, StringComparison.Ordinal);
    }

    private static async Task<TimeSpan> DelayAsync(OpenBank bank, string name, int failures)
    {
        var delay = OpenBank.Rules.DelayAfter(failures);
        if (delay > TimeSpan.Zero)
        {
            var locked = await Assert.ThrowsAsync<BankException>(() =>
                bank.AskAsync(new BankRequest.SignIn(name, OpenBank.Password)));
            Assert.Equal((BankError.LockedOut, delay), (locked.Error, locked.RetryAfter));
            Assert.InRange(delay, OpenBank.Rules.FirstDelay, OpenBank.Rules.MaxDelay);
        }

        return delay;
    }
}
