using System.Text.Json.Serialization;
using MLExtensions.Archives.Components;

namespace MLExtensions.Networks.SavedModels;

/// <summary>How descriptions in archives are read without reflection, which a program compiled ahead of time has none of.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Versioned<SavedNetwork>))]
[JsonSerializable(typeof(Versioned<SavedTable>))]
internal sealed partial class SavedModelJson : JsonSerializerContext;
