using Bank.Web.Statements;

namespace Bank.Tests.Web;

public sealed class StatementFileTests
{
    [Theory]
    [InlineData("Tea", "Tea")]
    [InlineData("Tea, and biscuits", "\"Tea, and biscuits\"")]
    [InlineData("the \"good\" tea", "\"the \"\"good\"\" tea\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("=HYPERLINK(\"//evil\",\"click\")", "\"'=HYPERLINK(\"\"//evil\"\",\"\"click\"\")\"")]
    public void A_field_is_one_field_and_never_a_formula(string text, string field)
    {
        Assert.Equal(field, StatementFile.Field(text));
    }
}
