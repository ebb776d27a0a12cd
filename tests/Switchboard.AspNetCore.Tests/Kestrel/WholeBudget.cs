using Switchboard.AspNetCore.Tests.Kestrel;
using Switchboard.Tests.Connections;

[assembly: AssemblyFixture(typeof(WholeBudget))]

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>
/// How many descriptors there were before the first test. Connections of a test that has ended may still be closing
/// and give theirs back while the next test counts.
/// </summary>
public sealed class WholeBudget
{
    private readonly int _descriptors = DescriptorBudget.Left;

    public Task WaitUntilAllAreBackAsync() => Waiting.UntilAsync(() => DescriptorBudget.Left == _descriptors);
}
