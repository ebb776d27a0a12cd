using Switchboard.Engines.Epoll;

namespace Switchboard.Tests.Engines.Epoll;

public class LoopWordTests
{
    [Fact]
    public void Invariant_1_a_word_never_recurs_whatever_its_loop_does()
    {
        var seed = Seed.Choose();
        Seed.Print(seed);
        var chance = new Random((int)seed);
        var seen = new HashSet<LoopWord>();
        var word = new LoopWord(1L << 16);

        for (var step = 0; step < 200_000; step++)
        {
            Assert.True(seen.Add(word), $"{word} came again after {step} steps.");
            word = chance.Next(4) switch
            {
                0 => word.Polling,
                1 when !word.IsPolling => word.Taken,
                _ when word.Progress < LoopWord.MaxProgress => word.Next,
                _ => word.Polling,
            };
        }
    }

    [Fact]
    public void A_new_owner_goes_on_at_the_same_place()
    {
        var word = new LoopWord(7L << 16).Next.Next.Next;

        Assert.Equal(3, word.Taken.Progress);
        Assert.NotEqual(word, word.Taken);
    }

    [Fact]
    public void Whoever_polls_has_begun_nothing_yet()
    {
        var word = new LoopWord(7L << 16).Next.Next;

        Assert.False(word.IsPolling);
        Assert.True(word.Polling.IsPolling);
        Assert.Equal(0, word.Polling.Progress);
    }

    [Fact]
    public void A_word_can_be_shown()
    {
        Assert.Equal("7:2", new LoopWord(7L << 16).Next.Next.ToString());
    }

    [Fact]
    public void The_most_progress_does_not_spill_into_the_count_of_owners()
    {
        var word = new LoopWord((7L << 16) | LoopWord.MaxProgress);

        Assert.Equal(new LoopWord(8L << 16), word.Polling);
        Assert.Equal(LoopWord.MaxProgress, word.Taken.Progress);
    }

    [Fact]
    public void Invariant_2_a_loop_that_polls_is_not_taken_over()
    {
        var loop = new HandDrivenLoop().Loop;
        var word = loop.Word;

        Assert.True(word.IsPolling);
        Assert.False(loop.TryTake(ref word));
        Assert.Equal(word, loop.Word);
    }
}
