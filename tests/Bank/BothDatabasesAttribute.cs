using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Bank.Tests;

/// <summary>The test is run on each database that the bank knows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BothDatabasesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
            [.. Enum.GetValues<DatabaseKind>().Select(kind => new TheoryDataRow<DatabaseKind>(kind))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
