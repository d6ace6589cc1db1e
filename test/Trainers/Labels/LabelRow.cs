using Microsoft.ML.Data;

namespace MLExtensions.Trainers.Tests;

/// <summary>A row with a label of any type, and three features of which one tells the class.</summary>
internal sealed class LabelRow<T>
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public T Label { get; set; } = default!;

    /// <summary>Rows of labels, in their order; what is equal has equal features.</summary>
    public static LabelRow<T>[] Of(params IEnumerable<T> labels)
    {
        T[] all = [.. labels];
        T[] distinct = [.. all.Distinct().OrderBy(label => label)];
        return [.. all.Select(label => new LabelRow<T> { Label = label, Features = FeaturesOf(Array.IndexOf(distinct, label)) })];
    }

    private static float[] FeaturesOf(int index) => [.. Enumerable.Range(0, 3).Select(slot => slot == index ? 1f : 0f)];
}

/// <summary>A row to score, without label.</summary>
internal sealed class UnlabelledRow
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];
}
