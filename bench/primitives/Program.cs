using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Switchboard.Bench.Primitives;

// Where nothing is committed from.
var config = DefaultConfig.Instance.WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
BenchmarkSwitcher.FromAssembly(typeof(RoundTrips).Assembly).Run(args, config);
