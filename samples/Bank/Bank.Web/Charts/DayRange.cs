namespace Bank.Web.Charts;

/// <summary>How far back a chart goes.</summary>
public sealed record DayRange(int Days, string Title)
{
    public static IReadOnlyList<DayRange> All { get; } = [new(30, "30 days"), new(90, "90 days"), new(366, "1 year")];

    /// <summary>The range that a request asks for; 90 days if it asks for none of them.</summary>
    public static DayRange Of(string? days) => All.FirstOrDefault(range => $"{range.Days}" == days) ?? All[1];
}
