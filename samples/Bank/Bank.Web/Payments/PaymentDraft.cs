using Bank.Web.Visits;

namespace Bank.Web.Payments;

/// <summary>What was typed into the form of a payment, kept while its author signs in again.</summary>
public sealed record PaymentDraft(IReadOnlyDictionary<string, string> Typed)
{
    private const int MaxKeptChars = 200;

    /// <summary>Nothing of a form that no person fills in is kept.</summary>
    public static PaymentDraft Of(Form form, IEnumerable<string> fields) => new(fields
        .Where(name => form[name].Length is > 0 and <= MaxKeptChars)
        .ToDictionary(name => name, name => form[name]));

    public Form ToForm() => new(Typed);
}
