using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;
using MLExtensions.Transforms.Columns;

namespace MLExtensions.Transforms.Tests;

/// <summary>
/// An archive that version 0.1.0 wrote, <c>Archives/scalers-0.1.0.zip</c>, holds every scaler and every kind of inverse; later versions load it.
/// </summary>
[TestClass]
public sealed class EarlierArchiveTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Load_ArchiveOfVersion010_ScalesAsTheScalersOfToday()
    {
        var data = ScalerData.Load(_ml);
        var expected = NumbersOf(Fit(data).Transform(data));

        var loaded = SavedModels.FromBytes(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Archives", "scalers-0.1.0.zip")));

        var actual = NumbersOf(loaded.Transform(data));
        actual.Keys.Should().Equal(expected.Keys);
        foreach (string column in expected.Keys)
            actual[column].Should().Equal(expected[column], (one, other) => one.Equals(other) || Math.Abs(one - other) <= 1e-5 * Math.Max(1, Math.Abs(other)), column);
    }

    private TransformerChain<ITransformer> Fit(IDataView data)
    {
        ScalingTransformer[] scalers =
        [
            _ml.Transforms.ScaleStandard([new("Standard", "Features"), new("StandardOfDouble", "Double")], degreesOfFreedom: 1).Fit(data),
            _ml.Transforms.ScaleMinMax([new("MinMax", "Single"), new("MinMaxOfDoubles", "Doubles")], minimum: -1, clip: true).Fit(data),
            _ml.Transforms.ScaleMaxAbs("MaxAbs", "Features").Fit(data),
            _ml.Transforms.ScaleRobust("Robust", "Features", lowerQuantile: 0.1, unitVariance: true).Fit(data),
            _ml.Transforms.ScaleRobust("Clipped", "Features", smoothClipLimit: 3).Fit(data),
            _ml.Transforms.ScaleQuantile("Uniform", "Features", numberOfQuantiles: 3).Fit(data),
            _ml.Transforms.ScaleQuantile("Normal", "Double", QuantileDistribution.Normal).Fit(data),
            _ml.Transforms.ScalePower("YeoJohnson", "Features").Fit(data),
            _ml.Transforms.ScalePower("BoxCox", "Single", PowerMethod.BoxCox, standardize: false).Fit(data),
            _ml.Transforms.WhitenPrincipalComponents("Components", "Features", numberOfComponents: 2, epsilon: 0.5).Fit(data),
            _ml.Transforms.WhitenPrincipalComponents("ZeroPhase", "Doubles", WhiteningMethod.ZeroPhase).Fit(data),
        ];
        var inverses = scalers.SelectMany(scaler => scaler.Columns.Select(column =>
            scaler.Inverse(new InputOutputColumnPair($"{column.OutputColumnName}Back", column.OutputColumnName)))).ToArray();
        var again = inverses.Select(inverse => inverse.Inverse(new InputOutputColumnPair($"{inverse.Columns[0].OutputColumnName}Again", inverse.Columns[0].OutputColumnName)));
        return new TransformerChain<ITransformer>([.. scalers, .. inverses, .. again]);
    }

    private static Dictionary<string, double[]> NumbersOf(IDataView data) => data.Schema
        .Where(column => ScalableTypes.Accepts(column.Type))
        .ToDictionary(column => column.Name, column => NumbersOf(data, column));

    private static double[] NumbersOf(IDataView data, DataViewSchema.Column column)
    {
        using var cursor = data.GetRowCursor([column]);
        var reader = NumbersOfRow.Of(cursor, column);
        var numbers = new List<double>();
        while (cursor.MoveNext())
            numbers.AddRange(reader.Read());
        return [.. numbers];
    }
}
