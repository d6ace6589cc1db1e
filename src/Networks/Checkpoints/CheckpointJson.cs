using System.Text.Json.Serialization;

namespace MLExtensions.Networks.Checkpoints;

/// <summary>How what stands in checkpoints beside numbers is written and read without reflection, which a program compiled ahead of time has none of.</summary>
[JsonSerializable(typeof(CheckpointDescription))]
[JsonSerializable(typeof(IEnumerable<string>))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
