using System.Text.Json.Serialization;
using MLExtensions.Networks.Checkpoints;

namespace MLExtensions.Networks.Agreement;

/// <summary>How the facts of a training are written, by code that is there at compile time.</summary>
[JsonSerializable(typeof(List<IdentityFact>))]
internal sealed partial class RankIdentityJson : JsonSerializerContext;
