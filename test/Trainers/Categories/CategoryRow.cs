using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks.Randomness;
using MLExtensions.Pipeline;

namespace MLExtensions.Trainers.Tests;

/// <summary>A row of a number, the index of a color, a number and the index of a size, with a label for every task that needs the color.</summary>
internal sealed class CategoryRow
{
    public static readonly int[] Counts = [0, 4, 0, 3];

    [VectorType(4)]
    public float[] Features { get; set; } = [];

    /// <summary>The same features, encoded by hand.</summary>
    [VectorType(9)]
    public float[] Encoded { get; set; } = [];

    public bool Truth { get; set; }

    [KeyType(3)]
    public uint Class { get; set; }

    public float Value { get; set; }

    public static CategoryRow[] Draw(int count = 80)
    {
        var random = new RandomStream(3, "rows");
        return [.. Enumerable.Range(0, count).Select(_ => Of((float)random.NextNormal(), (int)(4 * random.NextUniform()), (float)random.NextNormal(), (int)(3 * random.NextUniform())))];
    }

    /// <summary>The rows, whose features tell what they are.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="counts">The categories of each slot; null for no annotation.</param>
    /// <param name="names">Whether slots have names.</param>
    public static IDataView Load(MLContext ml, CategoryRow[] rows, int[]? counts, bool names = false)
    {
        var schema = SchemaDefinition.Create(typeof(CategoryRow));
        if (counts is not null)
            schema["Features"].AddAnnotation(CategoryCounts.Kind, counts, new VectorDataViewType(NumberDataViewType.Int32, counts.Length));
        if (names)
        {
            ReadOnlyMemory<char>[] slots = ["Height".AsMemory(), "Color".AsMemory(), "Width".AsMemory(), "Size".AsMemory()];
            schema["Features"].AddAnnotation(AnnotationNames.SlotNames, slots, new VectorDataViewType(TextDataViewType.Instance, slots.Length));
        }
        return ml.Data.LoadFromEnumerable(rows, schema);
    }

    private static CategoryRow Of(float height, int color, float width, int size) => new()
    {
        Features = [height, color, width, size],
        Encoded = [height, .. Enumerable.Range(0, 4).Select(i => i == color ? 1f : 0), width, .. Enumerable.Range(0, 3).Select(i => i == size ? 1f : 0)],
        Truth = color is 1 or 2,
        Class = (uint)(color == 3 ? 0 : color),
        Value = (color is 1 or 2 ? 5 : -5) + height,
    };
}
