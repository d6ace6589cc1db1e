using System.Text.Json;

namespace MLExtensions.Networks.Tests;

/// <summary>The stored values of Reference/layers.json.</summary>
internal static class LayerValues
{
    private static readonly JsonElement s_root = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "layers.json"))).RootElement;

    /// <summary>The element at the end of a path of names.</summary>
    public static JsonElement Element(params string[] path) => path.Aggregate(s_root, (element, name) => element.GetProperty(name));

    /// <summary>The array of numbers at the end of a path of names.</summary>
    public static double[] Doubles(params string[] path) => PyTorchValues.Doubles(Element(path));

    /// <summary>The array of numbers at the end of a path of names.</summary>
    public static float[] Floats(params string[] path) => Array.ConvertAll(Doubles(path), x => (float)x);
}
