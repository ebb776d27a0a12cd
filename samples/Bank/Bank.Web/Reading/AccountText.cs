namespace Bank.Web.Reading;

/// <summary>An account's number as people read it.</summary>
public static class AccountText
{
    private const int GroupDigits = 4;

    /// <summary>Such as <c>7342 0000 0173</c>.</summary>
    public static string Show(string number) =>
        string.Join(' ', number.Chunk(GroupDigits).Select(group => new string(group)));
}
