using System.Globalization;
using System.Text;
using Bank.Protocol;
using Bank.Web.Visits;

namespace Bank.Web.Statements;

/// <summary>
/// A statement for spreadsheets and programs: commas between fields, a point before cents and days as 2026-11-29, in
/// every locale (RFC 4180, UTF-8).
/// </summary>
public sealed class StatementFile(Visit visit, string account, StatementFilter filter)
{
    private const int EntriesOfPage = 100;
    private const int MaxEntries = 50_000;

    private static readonly UTF8Encoding Utf8WithMark = new(encoderShouldEmitUTF8Identifier: true);

    public async Task SendAsync()
    {
        // Asked before anything is sent: a refusal is still a page.
        var page = await visit.AskAsync(filter.ToRequest(account, before: null, EntriesOfPage));
        var response = visit.Http.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{account}-{visit.Today:yyyy-MM-dd}.csv\"";
        await response.Body.WriteAsync(Utf8WithMark.GetPreamble(), visit.Left);
        await WriteAsync("Day,Name,Account,Reference,Category,Amount,Balance,Currency\r\n");
        for (var sent = 0; sent < MaxEntries;)
        {
            await WriteAsync(string.Concat(page.Entries.Select(RowOf)));
            sent += page.Entries.Count;
            if (page.Next is null)
            {
                return;
            }

            page = await visit.AskAsync(filter.ToRequest(account, page.Next, EntriesOfPage));
        }
    }

    /// <summary>
    /// One field. A spreadsheet would take text that begins like a formula for one and run it, so it is told that it is
    /// text.
    /// </summary>
    public static string Field(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? "'" + text : text;
        return safe.AsSpan().ContainsAny("\",\r\n'")
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }

    private string RowOf(BankReply.Entry entry) => string.Join(
        ',',
        entry.Time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Field(entry.OtherName),
        entry.Other,
        Field(entry.Reference),
        entry.Category,
        Units(entry.Amount),
        Units(entry.Balance),
        visit.Currency) + "\r\n";

    private static string Units(long minorUnits) => (minorUnits / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private Task WriteAsync(string text) => visit.Http.Response.WriteAsync(text, Encoding.UTF8, visit.Left);
}
