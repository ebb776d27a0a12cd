using System.Globalization;
using Bank.Protocol;
using Bank.Web.Visits;

namespace Bank.Web.Statements;

/// <summary>Which entries of an account are looked for.</summary>
/// <param name="Form">As it was typed, with what cannot be understood.</param>
public sealed record StatementFilter(Form Form)
{
    private const int MaxSearchChars = 64;

    public static readonly IReadOnlyList<string> Fields = ["search", "category", "from", "to"];

    public bool IsEmpty => Fields.All(name => Form[name].Length == 0);

    public string? Search => Form["search"] is { Length: > 0 } text ? text : null;

    public Category? Category { get; private init; }

    public DateOnly? From { get; private init; }

    public DateOnly? To { get; private init; }

    /// <summary>What the query of a request says; wrong parts are refused beside their fields and left out.</summary>
    public static StatementFilter Of(IQueryCollection query)
    {
        var form = new Form(Fields.ToDictionary(name => name, name => query[name].ToString().Trim()));
        if (form["search"].Length > MaxSearchChars)
        {
            form.Refuse("search", $"Search for {MaxSearchChars} letters at most.");
        }

        Category? category = Enum.TryParse<Category>(form["category"], out var one) && Enum.IsDefined(one) ? one : null;
        var (from, to) = (DayOf(form, "from"), DayOf(form, "to"));
        if (from > to)
        {
            form.Refuse("to", "The last day is before the first. Exchange them.");
        }

        return new(form) { Category = category, From = from, To = to };
    }

    public BankRequest.Statement ToRequest(string account, long? before, int take) => new(
        account, before, take, Search, Category, StartOf(From), StartOf(To?.AddDays(1)));

    /// <summary>The same filter in a link.</summary>
    public string ToQuery() => string.Join('&', Fields
        .Where(name => Form[name].Length > 0)
        .Select(name => $"{name}={Uri.EscapeDataString(Form[name])}"));

    private static DateTimeOffset? StartOf(DateOnly? day) =>
        day is { } start ? new DateTimeOffset(start, TimeOnly.MinValue, TimeSpan.Zero) : null;

    // Browsers send dates like this, in whatever way they show them.
    private static DateOnly? DayOf(Form form, string name)
    {
        if (form[name].Length == 0)
        {
            return null;
        }

        var isDay = DateOnly.TryParseExact(
            form[name], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        if (!isDay || day.Year is < 1970 or > 9000)
        {
            form.Refuse(name, "That is no day. Write it as 2026-11-29.");
            return null;
        }

        return day;
    }
}
