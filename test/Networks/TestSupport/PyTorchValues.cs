using System.Text.Json;

namespace MLExtensions.Networks.Tests;

/// <summary>The stored values of Reference/pytorch.json.</summary>
internal static class PyTorchValues
{
    private static readonly JsonElement s_root = StoredValues.Load("pytorch.json");

    /// <summary>The element at the end of a path of names.</summary>
    public static JsonElement Element(params string[] path) => path.Aggregate(s_root, (element, name) => element.GetProperty(name));

    /// <summary>The number at the end of a path of names.</summary>
    public static double Number(params string[] path) => Element(path).GetDouble();

    /// <summary>The array of numbers at the end of a path of names.</summary>
    public static double[] Doubles(params string[] path) => Doubles(Element(path));

    /// <summary>The array of numbers at the end of a path of names.</summary>
    /// <summary>An array of numbers.</summary>
    public static float[] Floats(JsonElement element) => Array.ConvertAll(Doubles(element), x => (float)x);

    /// <summary>The array of numbers at the end of a path of names.</summary>
    public static float[] Floats(params string[] path) => Array.ConvertAll(Doubles(path), x => (float)x);

    /// <summary>An array of numbers.</summary>
    public static double[] Doubles(JsonElement element) => [.. element.EnumerateArray().Select(x => x.GetDouble())];
}
