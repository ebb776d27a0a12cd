using Bank.Protocol;

namespace Bank.Tests;

public sealed class AccountNumberTests
{
    [Fact]
    public void No_wrong_digit_and_no_two_that_are_swapped_make_another_account()
    {
        foreach (var serial in (long[])[0, 1, 97, 123_456, AccountNumber.MaxSerial])
        {
            var number = AccountNumber.For(serial);
            Assert.True(AccountNumber.IsValid(number));
            foreach (var wrong in WrongDigits(number).Concat(Swapped(number)).Where(wrong => wrong != number))
            {
                Assert.False(AccountNumber.IsValid(wrong), $"{wrong} for {number}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("7342")]
    [InlineData("-34200000133")]
    [InlineData("٧٣٤٢٠٠٠٠٠١٣٣")]
    [InlineData("' OR 1=1 --x")]
    public void What_is_no_number_is_none(string text)
    {
        Assert.False(AccountNumber.IsValid(text));
        Assert.Null(AccountNumber.Read(text));
    }

    [Fact]
    public void Spaces_and_hyphens_do_not_count()
    {
        var number = AccountNumber.For(7);

        Assert.Equal(number, AccountNumber.Read($" {number[..4]} {number[4..8]}-{number[8..]} "));
        Assert.Null(AccountNumber.Read(null));
    }

    private static IEnumerable<string> WrongDigits(string number) =>
        from place in Enumerable.Range(0, number.Length)
        from digit in "0123456789"
        select $"{number[..place]}{digit}{number[(place + 1)..]}";

    private static IEnumerable<string> Swapped(string number) =>
        from place in Enumerable.Range(0, number.Length - 1)
        select $"{number[..place]}{number[place + 1]}{number[place]}{number[(place + 2)..]}";
}
