using System.Diagnostics.CodeAnalysis;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>Nothing else runs meanwhile: all descriptors of the process are taken.</summary>
[CollectionDefinition(nameof(DescriptorsAlone), DisableParallelization = true)]
[SuppressMessage("Design", "CA1052", Justification = "The test runner wants a class.")]
public sealed class DescriptorsAlone;
