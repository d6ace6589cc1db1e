using System.Text.Json.Serialization;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>A piece of work that peers are asked for; its unit is a row.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "work")]
[JsonDerivedType(typeof(TrainingWork), "training")]
[JsonDerivedType(typeof(ScoringWork), "scoring")]
[JsonDerivedType(typeof(ScalingWork), "scaling")]
internal abstract record PeerWork;

/// <summary>Training steps on batches drawn from rows in memory: gather, forward, loss, backward, Adam.</summary>
internal sealed record TrainingWork(int Features, IReadOnlyList<int> Hidden, int Classes, int Batch, int Rows) : PeerWork;

/// <summary>Scoring of rows in memory, all in one call.</summary>
internal sealed record ScoringWork(int Features, IReadOnlyList<int> Hidden, int Classes, int Rows) : PeerWork;

/// <summary>Fitting a scaler, or transforming with a fitted one; numbers as <see cref="Numbers"/> makes them.</summary>
internal sealed record ScalingWork(string Scaler, string Phase, int Rows, int Columns) : PeerWork;
