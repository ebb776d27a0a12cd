using Microsoft.Net.Http.Headers;

namespace Bank.Web.Reading;

/// <content>The table, and how a reader finds their row.</content>
public sealed partial record ReaderLocale
{
    private const int MaxLanguages = 16;
    private const char ThinSpace = '\u202F';

    private static readonly ReaderLocale[] All =
    [
        new("en-GB", '.', ',', SymbolPlace.Before, "d MMM yyyy"),
        new("en-US", '.', ',', SymbolPlace.Before, "MMM d, yyyy"),
        new("en-CA", '.', ',', SymbolPlace.Before, "MMM d, yyyy"),
        new("en-IN", '.', ',', SymbolPlace.Before, "d MMM yyyy") { GroupDigits = 2 },
        new("de-DE", ',', '.', SymbolPlace.After, "dd.MM.yyyy"),
        new("de-AT", ',', NoBreakSpace, SymbolPlace.BeforeWithSpace, "dd.MM.yyyy"),
        new("de-CH", '.', '’', SymbolPlace.BeforeWithSpace, "dd.MM.yyyy"),
        new("fr-FR", ',', ThinSpace, SymbolPlace.After, "dd/MM/yyyy"),
        new("fr-CA", ',', NoBreakSpace, SymbolPlace.After, "yyyy-MM-dd"),
        new("fr-CH", ',', ThinSpace, SymbolPlace.After, "dd.MM.yyyy"),
        new("it-IT", ',', '.', SymbolPlace.After, "dd/MM/yyyy"),
        new("es-ES", ',', '.', SymbolPlace.After, "dd/MM/yyyy"),
        new("es-MX", '.', ',', SymbolPlace.Before, "dd/MM/yyyy"),
        new("pt-BR", ',', '.', SymbolPlace.BeforeWithSpace, "dd/MM/yyyy"),
        new("pt-PT", ',', NoBreakSpace, SymbolPlace.After, "dd/MM/yyyy"),
        new("nl-NL", ',', '.', SymbolPlace.BeforeWithSpace, "dd-MM-yyyy"),
        new("da-DK", ',', '.', SymbolPlace.After, "dd.MM.yyyy"),
        new("sv-SE", ',', NoBreakSpace, SymbolPlace.After, "yyyy-MM-dd"),
        new("nb-NO", ',', NoBreakSpace, SymbolPlace.After, "dd.MM.yyyy"),
        new("fi-FI", ',', NoBreakSpace, SymbolPlace.After, "d.M.yyyy"),
        new("pl-PL", ',', NoBreakSpace, SymbolPlace.After, "dd.MM.yyyy"),
        new("cs-CZ", ',', NoBreakSpace, SymbolPlace.After, "dd.MM.yyyy"),
        new("uk-UA", ',', NoBreakSpace, SymbolPlace.After, "dd.MM.yyyy"),
        new("el-GR", ',', '.', SymbolPlace.After, "dd/MM/yyyy"),
        new("tr-TR", ',', '.', SymbolPlace.Before, "dd.MM.yyyy"),
        new("ja-JP", '.', ',', SymbolPlace.Before, "yyyy/MM/dd"),
        new("zh-CN", '.', ',', SymbolPlace.Before, "yyyy/MM/dd"),
        new("ko-KR", '.', ',', SymbolPlace.Before, "yyyy. MM. dd."),
    ];

    /// <summary>For who does not say what they read, or reads what is not in the table.</summary>
    public static ReaderLocale Default => All[0];

    /// <summary>The row for the language that the reader likes best of those in the table.</summary>
    /// <param name="acceptLanguage">The header, whatever it says; null if there is none.</param>
    public static ReaderLocale For(string? acceptLanguage)
    {
        if (!StringWithQualityHeaderValue.TryParseList([acceptLanguage ?? ""], out var wanted))
        {
            return Default;
        }

        return wanted
            .Take(MaxLanguages)
            .Where(language => language.Quality != 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => Named(language.Value.ToString()))
            .FirstOrDefault(found => found is not null) ?? Default;
    }

    private static ReaderLocale? Named(string tag) =>
        All.FirstOrDefault(row => row.Tag.Equals(tag, StringComparison.OrdinalIgnoreCase))
        ?? All.FirstOrDefault(row => LanguageOf(row.Tag).Equals(LanguageOf(tag), StringComparison.OrdinalIgnoreCase));

    private static string LanguageOf(string tag) => tag.Split('-')[0];
}
