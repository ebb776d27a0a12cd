using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Tests.Transports;

/// <summary>Nothing else runs meanwhile: pooled buffers are counted for the whole process.</summary>
[CollectionDefinition(nameof(ConformanceAlone), DisableParallelization = true)]
[SuppressMessage("Design", "CA1052", Justification = "The test runner wants a class.")]
public sealed class ConformanceAlone;
