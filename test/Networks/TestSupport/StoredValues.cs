using System.Text.Json;

namespace MLExtensions.Networks.Tests;

/// <summary>The files of stored values under Reference.</summary>
internal static class StoredValues
{
    /// <summary>The root of a file.</summary>
    public static JsonElement Load(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", file))).RootElement;
}
