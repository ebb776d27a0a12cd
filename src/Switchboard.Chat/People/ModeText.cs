using System.Text;

namespace Switchboard.Chat.People;

/// <summary>Changes of modes as they stand in a message.</summary>
internal static class ModeText
{
    /// <summary>Signs and letters in one word, and behind it a word for each value.</summary>
    public static IReadOnlyList<string> Words(IReadOnlyList<ModeChange> changes)
    {
        var letters = new StringBuilder();
        var sign = '\0';
        foreach (var change in changes)
        {
            if (change.Sign != sign)
            {
                letters.Append(sign = change.Sign);
            }

            letters.Append(change.Letter);
        }

        return [letters.ToString(), .. changes.Select(each => each.Value).OfType<string>()];
    }
}
