namespace Switchboard.Tests.Endpoints;

public class MemoryEndpointTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" bank")]
    [InlineData("bank\n")]
    [InlineData("//bank")]
    public void A_name_that_could_not_be_parsed_cannot_be_constructed_either(string name)
    {
        Assert.Throws<ArgumentException>(() => new MemoryEndpoint(name));
        Assert.Throws<ArgumentException>(() => new MemoryEndpoint("bank") with { Name = name });
    }
}
