namespace Switchboard.Chat.Tests.Servers;

/// <summary>
/// What must hold however servers and brokers died: nobody reads what one said in another order or twice, and nothing
/// that was acknowledged is missing, unless a gap is shown.
/// </summary>
internal static class HistoryCheck
{
    /// <summary>What is wrong in a list of <c>nick number</c> and <c>gap</c>, as it was read or kept.</summary>
    /// <param name="whose">For the messages.</param>
    /// <param name="read">In its order.</param>
    /// <param name="acknowledged">What each nick was told is kept.</param>
    /// <param name="isWhole">Whether it must have all; otherwise only from its first to its last of each nick.</param>
    public static IEnumerable<string> Faults(
        string whose,
        IReadOnlyList<string> read,
        IReadOnlyDictionary<string, IReadOnlyList<long>> acknowledged,
        bool isWhole)
    {
        var hasGap = read.Contains("gap");
        foreach (var (nick, kept) in acknowledged)
        {
            var numbers = read.Where(each => each.StartsWith($"{nick} ", StringComparison.Ordinal))
                .Select(LoadClient.Number).ToList();
            foreach (var (one, next) in numbers.Zip(numbers.Skip(1)).Where(pair => pair.First >= pair.Second))
            {
                yield return $"{whose}: {nick} said {next} behind {one}";
            }

            var (first, last) = isWhole || numbers.Count == 0
                ? (0, isWhole ? long.MaxValue : 0)
                : (numbers[0], numbers[^1]);
            var missing = kept.Where(each => each >= first && each <= last).Except(numbers).ToList();
            if (missing.Count > 0 && !hasGap)
            {
                yield return $"{whose}: of {nick} {missing.Count} are missing, the first {missing[0]}";
            }
        }
    }
}
