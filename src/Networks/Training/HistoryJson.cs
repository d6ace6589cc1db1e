using System.Text.Json.Serialization;

namespace MLExtensions.Networks.Training;

/// <summary>How histories are written as JSON and read without reflection, which a program compiled ahead of time has none of.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TrainingHistory))]
internal sealed partial class HistoryJson : JsonSerializerContext;
