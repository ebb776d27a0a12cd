using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Bank.Database;
using Bank.Protocol;

namespace Bank.Application;

/// <summary>
/// Who may come in: a password, then a code, then a token. An attempt counts as failed before it is looked at, so that
/// many at the same time are no more guesses than one after the other.
/// </summary>
internal sealed class SignInDesk(BankDatabase database, BankRules rules, Passwords passwords, TimeProvider time)
{
    private const int MaxNameLength = 64;
    private const int MaxPasswordLength = 256;

    // Names that nobody has share these, so that whoever makes names up fills no table, and learns no difference.
    private const int SlotsOfNobody = 4096;
    private static readonly TimeSpan TouchAfter = TimeSpan.FromMinutes(1);

    public async Task<BankReply> StartAsync(BankRequest.SignIn asked)
    {
        if (asked.Name.Length > MaxNameLength
            || asked.Name.Any(char.IsControl)
            || asked.Password.Length > MaxPasswordLength)
        {
            return Wrong();
        }

        var (customer, slot) = await database.ReadAsync(desk => Find(desk, asked.Name));
        if (await database.WriteAsync(desk => CountAttempt(desk, slot)) is { } lockedOut)
        {
            return lockedOut;
        }

        if (!await passwords.IsRightAsync(asked.Password, customer?.Password))
        {
            await database.WriteAsync(desk => Report(desk, customer, "a wrong password"));

            return Wrong();
        }

        var challenge = NewSecret();
        var expires = time.GetUtcNow() + rules.ChallengeLifetime;
        await database.WriteAsync(desk =>
        {
            SignIns.ForgiveOne(desk, slot);
            SignIns.AddChallenge(desk, HashOf(challenge), customer!.Name, Now, expires.ToUnixTimeMilliseconds());
        });

        return new BankReply.SignInStarted(challenge, expires);
    }

    public async Task<BankReply> ConfirmAsync(BankRequest.ConfirmSignIn asked)
    {
        if (await database.ReadAsync(desk => SignIns.FindChallenged(desk, HashOf(asked.Challenge), Now)) is not { } who)
        {
            return Wrong();
        }

        return await database.WriteAsync(desk => CountAttempt(desk, who.Name))
            ?? await database.WriteAsync(desk => Confirm(desk, who, asked.Code));
    }

    /// <summary>Who has signed in with a token.</summary>
    /// <exception cref="BankException">Nobody, or too long ago.</exception>
    public Caller Caller(Desk desk, BankRequest request)
    {
        var hash = HashOf(request.Token ?? "");
        var usedAfter = Now - (long)rules.TokenIdle.TotalMilliseconds;
        var (customer, used) = SignIns.FindSignedIn(desk, hash, Now, usedAfter)
            ?? throw new BankException(BankError.NotSignedIn, "Sign in first.");

        return new Caller(customer, hash, ShallTouch: Now - used > TouchAfter.TotalMilliseconds);
    }

    /// <summary>A token that is used lives on; written once a minute, so that reading stays reading.</summary>
    public void Touch(Desk desk, Caller caller) => SignIns.TouchToken(desk, caller.TokenHash, Now);

    public BankReply.Done SignOut(Desk desk, Caller caller)
    {
        SignIns.EndToken(desk, caller.TokenHash);
        Audit.Write(desk, time.GetUtcNow(), caller.Name, "sign-out", "", "Signed out.");

        return new BankReply.Done();
    }

    public BankReply.Done SignOutEverywhere(Desk desk, Caller caller)
    {
        SignIns.EndChallenges(desk, caller.Name);
        var count = SignIns.EndTokens(desk, caller.Name);
        Audit.Write(desk, time.GetUtcNow(), caller.Name, "sign-out", "", $"Signed out everywhere: {count} ended.");

        return new BankReply.Done();
    }

    public BankReply.Customer Describe(CustomerRow customer) => new(
        customer.Name, customer.FullName, customer.IsOfficer, rules.Currency, rules.ApprovalOver);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static (CustomerRow? Customer, string Slot) Find(Desk desk, string name)
    {
        var customer = SignIns.Find(desk, name);
        var slot = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(name))) % SlotsOfNobody;

        return (customer, customer?.Name ?? $"?{slot}");
    }

    private BankReply.Refused? CountAttempt(Desk desk, string slot)
    {
        var (failures, until) = SignIns.LockLockout(desk, slot);
        if (Now < until)
        {
            return new BankReply.Refused(
                BankError.LockedOut, "Too many wrong attempts.", (int)Math.Ceiling((until - Now) / 1000.0));
        }

        var count = until != 0 && Now - until > rules.ForgetFailuresAfter.TotalMilliseconds ? 1 : failures + 1;
        var delay = rules.DelayAfter(count);
        SignIns.SetLockout(desk, slot, count, Now + (long)delay.TotalMilliseconds);

        return null;
    }

    private BankReply Confirm(Desk desk, CustomerRow who, string code)
    {
        var now = time.GetUtcNow();
        if (Totp.StepOf(code, who.TotpSecret, now) is not { } step || !SignIns.TryTakeStep(desk, who.Name, step))
        {
            Report(desk, who, "a wrong code");

            return Wrong();
        }

        var token = NewSecret();
        var expires = now + rules.TokenLifetime;
        SignIns.EndChallenges(desk, who.Name);
        SignIns.SetLockout(desk, who.Name, failures: 0, until: 0);
        SignIns.AddToken(desk, HashOf(token), who.Name, Now, expires.ToUnixTimeMilliseconds());
        Audit.Write(desk, now, who.Name, "sign-in", "", "Signed in.");

        return new BankReply.SignedIn(token, expires, (int)rules.TokenIdle.TotalSeconds, Describe(who));
    }

    private void Report(Desk desk, CustomerRow? who, string what)
    {
        if (who is not null)
        {
            Audit.Write(desk, time.GetUtcNow(), who.Name, "sign-in-refused", "", $"Signing in failed: {what}.");
        }
    }

    private static BankReply.Refused Wrong() => new(BankError.WrongCredentials, "Name, password or code is wrong.");

    private static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is kept of a token: who reads it signs in with nothing.</summary>
    public static string HashOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
