namespace MLExtensions.Onnx.Tests;

/// <summary>A row that every task can learn something from.</summary>
public sealed class Row
{
    [Microsoft.ML.Data.VectorType(4)]
    public float[] Features { get; set; } = [];

    public float Number { get; set; }

    public double Double { get; set; }

    public string Name { get; set; } = "";

    public bool Truth { get; set; }

    public int Whole { get; set; }

    public float Value { get; set; }

    [Microsoft.ML.Data.VectorType(2)]
    public float[] Values { get; set; } = [];

    [Microsoft.ML.Data.VectorType(3)]
    public bool[] Many { get; set; } = [];

    /// <summary>Rows that are drawn; the fourth feature is 0 or 1.</summary>
    public static Row[] Draw(int count = 120, int seed = 1, bool missing = false)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(row =>
        {
            float[] x = [Normal(random), 30 + 10 * Normal(random), random.NextSingle(), random.Next(2)];
            float score = x[0] - (x[1] - 30) / 10 + x[3];
            if (missing && row % 7 == 3)
                x[row % 2] = float.NaN;
            return new Row
            {
                Features = x,
                Number = 5 + 2 * Normal(random),
                Double = 1e3 + 200 * random.NextDouble(),
                Name = score > 1 ? "high, \"very\"" : score > -0.5 ? "middle" : "löw",
                Truth = score > 0.2,
                Whole = score > 0.3 ? 3 : score > 0 ? 7 : -2,
                Value = 200 + 50 * score + random.NextSingle(),
                Values = [score, 3 - 2 * x[2]],
                Many = [score > 0, x[2] > 0.5f, x[3] > 0],
            };
        })];
    }

    private static float Normal(Random random) => MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
}
