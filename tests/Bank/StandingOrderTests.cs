using Bank.Application;
using Bank.Protocol;
using Switchboard.Chat.Tests.Storing;
using Switchboard.Tests.Connections;

namespace Bank.Tests;

public sealed class StandingOrderTests(PostgresServer postgres)
{
    [Theory]
    [BothDatabases]
    public async Task It_is_carried_out_once_for_each_due_date_by_however_many_servers(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        await bank.StartServerAsync();
        await bank.StartServerAsync();
        var order = await CreateAsync(bank, Repeat.Weekly, last: Today(bank).AddDays(14));

        for (var week = 1; week <= 3; week++)
        {
            await TickUntilAsync(bank, () => PaidAsync(bank), week);
            bank.Clock.Advance(TimeSpan.FromDays(7));
        }

        bank.Clock.Advance(TimeSpan.FromDays(7));
        var listed = Assert.Single(await ListAsync(bank));
        Assert.Equal(order with { NextDue = null }, listed);
        Assert.Equal(3, await PaidAsync(bank));
    }

    [Theory]
    [BothDatabases]
    public async Task Dates_on_which_the_bank_was_closed_are_made_up_for(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        await CreateAsync(bank, Repeat.Weekly, first: Today(bank).AddDays(1));

        bank.Clock.Advance(TimeSpan.FromDays(16));

        await TickUntilAsync(bank, () => PaidAsync(bank), 3);
    }

    [Theory]
    [BothDatabases]
    public async Task What_the_rules_refuse_on_its_day_is_left_out_and_told(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        await bank.AskAsync(new BankRequest.Freeze(OpenBank.Ada, "Card lost"), await bank.SignInAsync("olivia"));
        await CreateAsync(bank, Repeat.Monthly);

        await TickUntilAsync(
            bank, () => CountAsync(bank, "SELECT count(*) FROM audit WHERE action = 'standing-order-left-out'"), 1);

        var listed = Assert.Single(await ListAsync(bank));
        Assert.Equal(Today(bank).AddMonths(1), listed.NextDue);
        Assert.Equal(0, await PaidAsync(bank));
    }

    [Theory]
    [BothDatabases]
    public async Task One_that_was_ended_is_not_carried_out_and_the_same_key_makes_one(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var ada = await bank.SignInAsync("ada");
        var asked = new BankRequest.CreateStandingOrder(
            OpenBank.Ada,
            OpenBank.Grace,
            1,
            "Tea",
            Category.Leisure,
            Today(bank).AddDays(1),
            Repeat.Weekly,
            Last: null,
            bank.NewKey());
        var order = await bank.AskAsync(asked, ada);
        Assert.Equal(order, await bank.AskAsync(asked, ada));

        await bank.AskAsync(new BankRequest.EndStandingOrder(order.Id), ada);
        await bank.AskAsync(new BankRequest.EndStandingOrder(order.Id), ada);
        bank.Clock.Advance(TimeSpan.FromDays(8));

        // Another order that is due on the same day shows that the day was looked at.
        await CreateAsync(bank, Repeat.Weekly);
        await TickUntilAsync(bank, () => PaidAsync(bank), 1);
        Assert.Equal(0, await CountAsync(bank, "SELECT count(*) FROM transfers WHERE reference = 'Tea'"));
        Assert.Equal(2, (await ListAsync(bank)).Count);
    }

    [Theory]
    [InlineData(Repeat.Monthly, "2026-01-31", "2026-01-31", "2026-02-28")]
    [InlineData(Repeat.Monthly, "2026-01-31", "2026-02-28", "2026-03-31")]
    [InlineData(Repeat.Monthly, "2027-11-30", "2028-01-30", "2028-02-29")]
    [InlineData(Repeat.Monthly, "2026-01-15", "2026-12-15", "2027-01-15")]
    [InlineData(Repeat.Weekly, "2026-12-28", "2026-12-28", "2027-01-04")]
    public void A_month_without_the_day_takes_its_last(Repeat repeat, string first, string due, string next)
    {
        var order = new BankReply.StandingOrder(
            "", "", "", "", 1, "", Category.Other, repeat, Day(first), null, Day(due));

        Assert.Equal(Day(next), StandingOrderDesk.NextAfter(order, Day(due)));
        Assert.Null(StandingOrderDesk.NextAfter(order with { Last = Day(next).AddDays(-1) }, Day(due)));
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateOnly Today(OpenBank bank) => DateOnly.FromDateTime(bank.Clock.GetUtcNow().UtcDateTime);

    private static async Task<BankReply.StandingOrder> CreateAsync(
        OpenBank bank, Repeat repeat, DateOnly? first = null, DateOnly? last = null) => await bank.AskAsync(
        new BankRequest.CreateStandingOrder(
            OpenBank.Ada,
            OpenBank.Grace,
            10_00,
            "Allowance",
            Category.Other,
            first ?? Today(bank),
            repeat,
            last,
            bank.NewKey()),
        await bank.SignInAsync("ada"));

    private static async Task<IReadOnlyList<BankReply.StandingOrder>> ListAsync(OpenBank bank) =>
        (await bank.AskAsync(new BankRequest.StandingOrders(), await bank.SignInAsync("ada"))).Orders;

    private static Task<long> PaidAsync(OpenBank bank) =>
        CountAsync(bank, "SELECT count(*) FROM transfers WHERE reference = 'Allowance'");

    private static async Task<long> CountAsync(OpenBank bank, string sql) =>
        (await bank.Database.ReadAsync(desk => desk.Number(sql)).Soon())!.Value;

    // The servers look once a minute of the clock; a minute that ends while they look is not forgotten.
    private static async Task TickUntilAsync(OpenBank bank, Func<Task<long>> count, long wanted)
    {
        bank.Clock.Advance(TimeSpan.FromMinutes(1));
        using var patience = new CancellationTokenSource(OpenBank.Patience);
        while (await count() is var found && found != wanted)
        {
            Assert.True(found < wanted && !patience.IsCancellationRequested, $"{found} instead of {wanted}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}
