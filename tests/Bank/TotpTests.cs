using Bank.Application;

namespace Bank.Tests;

public sealed class TotpTests
{
    // RFC 6238, appendix B, the rows of SHA-1.
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void The_codes_are_those_of_the_RFC(long seconds, string code)
    {
        var step = Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds));

        Assert.Equal(code, Totp.Code("12345678901234567890"u8, step, digits: 8));
    }

    // RFC 4648, section 10.
    [Theory]
    [InlineData("", "")]
    [InlineData("MY======", "f")]
    [InlineData("MZXQ====", "fo")]
    [InlineData("MZXW6===", "foo")]
    [InlineData("MZXW6YQ=", "foob")]
    [InlineData("mzxw6ytboi======", "foobar")]
    public void Secrets_are_read_as_the_RFC_writes_them(string text, string bytes)
    {
        Assert.Equal(bytes, System.Text.Encoding.ASCII.GetString(Totp.FromBase32(text)));
    }

    [Fact]
    public void A_code_is_known_for_a_step_before_and_a_step_behind_its_own()
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(1_000_000_020);
        var code = Totp.CodeAt(OpenBank.Secret, time);
        var step = Totp.StepAt(time);

        Assert.Equal(step, Totp.StepOf(code, OpenBank.Secret, time.AddSeconds(-30)));
        Assert.Equal(step, Totp.StepOf(code, OpenBank.Secret, time.AddSeconds(30)));
        Assert.Null(Totp.StepOf(code, OpenBank.Secret, time.AddSeconds(60)));
        Assert.Null(Totp.StepOf("", OpenBank.Secret, time));
    }
}
