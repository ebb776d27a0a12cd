using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Switchboard.Chat.Tests.Storing;

/// <summary>Runs a test on every store, or on those that outlive the program.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EveryStoreAttribute : DataAttribute
{
    public bool OnlyLasting { get; init; }

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var kinds = Enum.GetValues<StoreKind>().Where(kind => !OnlyLasting || kind is not StoreKind.Memory);

        return new([.. kinds.Select(kind => new TheoryDataRow<StoreKind>(kind))]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
