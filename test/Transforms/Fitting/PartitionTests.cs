using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Transforms.Fitting;
using MLExtensions.Transforms.MaxAbs;
using MLExtensions.Transforms.MinMax;
using MLExtensions.Transforms.Power;
using MLExtensions.Transforms.Quantile;
using MLExtensions.Transforms.Robust;
using MLExtensions.Transforms.Standard;
using MLExtensions.Transforms.Statistics;
using MLExtensions.Transforms.Whitening;

namespace MLExtensions.Transforms.Tests;

/// <summary>Fitting to statistics of partitions, merged, against fitting to all rows in one pass.</summary>
[TestClass]
public sealed class PartitionTests
{
    private const int Slots = 6;

    // Sums are taken in another order; everything else is the same to the last bit.
    private const double ToleranceOfSums = 1e-13;

    // Directions follow from sums, the less surely the nearer two variances are.
    private const double ToleranceOfDirections = 1e-10;

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void StandardScaling_OfPartitions_IsThatOfOnePass(int seed)
    {
        var data = Data(seed);
        StandardScalingOptions options = new(true, true, 1);

        var merged = StandardScalingFit.ParametersOf(Merged<Moments>(data, seed), options);
        var whole = _ml.Transforms.ScaleStandard("Vector", degreesOfFreedom: 1).Fit(Load(data)).GetParameters("Vector");

        ShouldBe(merged.Means, whole.Means, ToleranceOfSums);
        ShouldBe(merged.StandardDeviations, whole.StandardDeviations, ToleranceOfSums);
        ShouldBe(merged.Divisors, whole.Divisors, ToleranceOfSums);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void ScalingByExtremes_OfPartitions_IsThatOfOnePass(int seed)
    {
        var data = Data(seed);
        var merged = Merged<Extremes>(data, seed);

        var minMax = _ml.Transforms.ScaleMinMax("Vector").Fit(Load(data)).GetParameters("Vector");
        var maxAbs = _ml.Transforms.ScaleMaxAbs("Vector").Fit(Load(data)).GetParameters("Vector");

        MinMaxScalingFit.ParametersOf(merged).Should().BeEquivalentTo(minMax);
        MaxAbsScalingFit.ParametersOf(merged).Should().BeEquivalentTo(maxAbs);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void ScalingByValues_OfPartitions_IsThatOfOnePass(int seed)
    {
        var data = Data(seed);
        var merged = Merged<SampleValues>(data, seed);

        var robust = _ml.Transforms.ScaleRobust("Vector", lowerQuantile: 0.1).Fit(Load(data)).GetParameters("Vector");
        var quantile = _ml.Transforms.ScaleQuantile("Vector", numberOfQuantiles: 1000).Fit(Load(data)).GetParameters("Vector");
        var power = _ml.Transforms.ScalePower("Vector").Fit(Load(data)).GetParameters("Vector");

        RobustScalingFit.ParametersOf(merged, new(true, true, 0.1, 0.75, false, null)).Should().BeEquivalentTo(robust);
        QuantileScalingFit.ParametersOf(merged, new(QuantileDistribution.Uniform, 1000)).Should().BeEquivalentTo(quantile);
        PowerScalingFit.ParametersOf(merged, new(PowerMethod.YeoJohnson, true), Load(data)).Should().BeEquivalentTo(power);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void BoxCox_OfPartitions_IsThatOfOnePass(int seed)
    {
        VBuffer<float>[] data = [.. Data(seed).Select(row => new VBuffer<float>(Slots, [.. row.DenseValues().Select(value => MathF.Abs(value) + 1)]))];
        PowerScalingOptions options = new(PowerMethod.BoxCox, true);

        var merged = PowerScalingFit.ParametersOf(Merged<SampleValues>(data, seed), options, Load(data));
        var whole = _ml.Transforms.ScalePower("Vector", method: PowerMethod.BoxCox).Fit(Load(data)).GetParameters("Vector");

        merged.Should().BeEquivalentTo(whole);
    }

    [TestMethod]
    public void BoxCox_OfPartitionsOneOfWhichHoldsAZero_IsRefused()
    {
        VBuffer<float>[] data = [.. Data(1).Select(row => new VBuffer<float>(Slots, [.. row.DenseValues().Select(value => MathF.Abs(value) + 1)]))];
        data[17] = new(Slots, 0, [], []);
        Action fit = () => PowerScalingFit.ParametersOf(Merged<SampleValues>(data, 1), new(PowerMethod.BoxCox, true), Load(data));

        fit.Should().Throw<InvalidOperationException>().WithMessage("Column 'Vector', slot 0, is 0 in row 17*");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Whitening_OfPartitions_IsThatOfOnePass(int seed)
    {
        var data = Data(seed);
        WhiteningOptions options = new(WhiteningMethod.PrincipalComponents, null, null, 0);

        var merged = WhiteningFit.ParametersOf(Merged(data, seed, (row, column) => new CovarianceReader(row, column), (one, other) => one.Merge(other)), options);
        var whole = _ml.Transforms.WhitenPrincipalComponents("Vector").Fit(Load(data)).GetParameters("Vector");

        ShouldBe(merged.Means, whole.Means, ToleranceOfSums);
        ShouldBe(merged.Variances, whole.Variances, ToleranceOfDirections);
        ShouldBe(merged.Components.SelectMany(component => component), whole.Components.SelectMany(component => component), ToleranceOfDirections);
    }

    private FittedColumn<TAccumulator[]> Merged<TAccumulator>(VBuffer<float>[] data, int seed)
        where TAccumulator : struct, IAccumulator<TAccumulator> =>
        Merged(data, seed, SlotReader<TAccumulator>.Create, (one, other) =>
        {
            for (int slot = 0; slot < one.Length; slot++)
                one[slot].Merge(other[slot]);
        });

    /// <summary>Reads seven partitions with rows at random, one of no rows and one of a single one, and merges their statistics.</summary>
    private FittedColumn<TStatistics> Merged<TStatistics>(VBuffer<float>[] data, int seed,
        Func<DataViewRow, DataViewSchema.Column, ColumnReader<TStatistics>> read, Action<TStatistics, TStatistics> merge)
    {
        var random = new Random(seed);
        var parts = data.Skip(1).ToLookup(_ => random.Next(5));
        VBuffer<float>[][] partitions = [[], [data[0]], .. Enumerable.Range(0, 5).Select(part => parts[part].ToArray())];
        random.Shuffle(partitions);

        var statistics = Array.ConvertAll(partitions, partition => StatisticsOf(Load(partition), read));
        foreach (var other in statistics.Skip(1))
            merge(statistics[0], other);
        return new(Load(data).Schema["Vector"], statistics[0], data.Length);
    }

    private static TStatistics StatisticsOf<TStatistics>(IDataView data, Func<DataViewRow, DataViewSchema.Column, ColumnReader<TStatistics>> read)
    {
        var column = data.Schema["Vector"];
        using var cursor = data.GetRowCursor([column]);
        var reader = read(cursor, column);
        while (cursor.MoveNext())
            reader.AddRow();
        return reader.Statistics();
    }

    /// <summary>Rows with ties, numbers away from zero, skewed ones, a constant slot, NaN, and a third of them sparse.</summary>
    private static VBuffer<float>[] Data(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 1000).Select(i =>
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            double[] row = [normal, 30 + normal + random.NextDouble(), random.Next(-3, 4), Math.Exp(2 * normal), 0.1, random.NextDouble() - 0.5];
            float[] values = [.. row.Select(value => i > 0 && random.Next(40) == 0 ? float.NaN : (float)value)];
            if (i % 3 > 0)
                return new VBuffer<float>(Slots, values);

            int[] kept = [.. Enumerable.Range(0, Slots).Where(slot => slot is 1 or 4 || random.Next(2) == 0)];
            return new VBuffer<float>(Slots, kept.Length, [.. kept.Select(slot => values[slot])], kept);
        })];
    }

    private IDataView Load(VBuffer<float>[] rows) => _ml.Data.LoadFromEnumerable(rows.Select(row => new Row { Vector = row }).ToArray());

    private static void ShouldBe(IEnumerable<double> actual, IEnumerable<double> expected, double tolerance)
    {
        actual.Should().HaveSameCount(expected);
        foreach (var (value, expectedValue) in actual.Zip(expected))
            value.Should().BeApproximately(expectedValue, tolerance * Math.Max(1, Math.Abs(expectedValue)));
    }

    private sealed class Row
    {
        [VectorType(Slots)]
        public VBuffer<float> Vector { get; set; }
    }
}
