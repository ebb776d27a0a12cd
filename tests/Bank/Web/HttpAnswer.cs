namespace Bank.Tests.Web;

/// <summary>What a web tier answered.</summary>
internal sealed record HttpAnswer(
    int Status, string Location, IReadOnlyDictionary<string, string> Headers, string Body);
