using System.Text.Json;

namespace MLExtensions.Archives.Components;

/// <summary>A description with the version of its content in front.</summary>
internal sealed record Versioned<T>(int FormatVersion, T Component);

/// <summary>The version of a description, told before anything is made of it.</summary>
internal static class Versioned
{
    /// <summary>Looks at the first members only, and makes nothing of what it skips.</summary>
    /// <exception cref="FormatException">There is no version.</exception>
    public static int VersionOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new FormatException("it names no format version");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isVersion = reader.ValueTextEquals(nameof(Versioned<object>.FormatVersion));
            reader.Read();
            if (isVersion && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int version) && version >= 1)
                return version;
            reader.Skip();
        }
        throw new FormatException("it names no format version");
    }
}
