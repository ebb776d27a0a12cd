namespace Bank.Web.Reading;

/// <summary>Where the symbol of a currency stands.</summary>
public enum SymbolPlace
{
    /// <summary><c>€1,234.50</c>.</summary>
    Before,

    /// <summary><c>€ 1.234,50</c>.</summary>
    BeforeWithSpace,

    /// <summary><c>1.234,50 €</c>.</summary>
    After,
}
