using Microsoft.ML;

namespace MLExtensions.Pipeline.Tests;

internal sealed class WeighingRow
{
    public float Left { get; set; }

    public string Text { get; set; } = "";

    public float Right { get; set; }
}

internal sealed class WeighedRow
{
    public float Weighted { get; set; }

    public float Doubled { get; set; }
}

internal static class WeighingData
{
    public static IDataView Load(MLContext ml) =>
        ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i => new WeighingRow { Left = i, Right = 0.5f * i, Text = $"row {i}" }).ToArray());
}
