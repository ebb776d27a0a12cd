namespace Bank.Web.Visits;

/// <summary>Whom a page is for.</summary>
public enum Audience
{
    /// <summary>Everybody who has signed in.</summary>
    SignedIn,

    /// <summary>Who works for the bank; for others there is no such page.</summary>
    Officers,
}
