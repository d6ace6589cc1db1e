using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests.MicrosoftML;

/// <summary>Features of very different scales, of which the first two make the label.</summary>
internal sealed class TwoScales
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    public static IDataView Load(MLContext ml, int rows = 400)
    {
        var random = new Random(17);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(_ => Draw(random)).ToArray());
    }

    private static TwoScales Draw(Random random)
    {
        double large = random.NextDouble();
        double small = random.NextDouble();
        return new()
        {
            Features = [(float)(1e4 + 1e3 * large), (float)(1e-3 * small), (float)random.NextDouble()],
            Label = (float)Math.Exp(large + 0.5 * small),
        };
    }
}
