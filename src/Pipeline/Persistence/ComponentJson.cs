using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLExtensions.Pipeline.Persistence;

/// <summary>How descriptions are written: indented, so that an unpacked archive can be read by eye.</summary>
internal static class ComponentJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
