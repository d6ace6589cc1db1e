using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

/// <summary>Zeros that sparse rows leave out are counted, never stored, and change no result.</summary>
[TestClass]
public sealed class SparseFitTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_SparseRows_FindsWhatDenseRowsGive()
    {
        var sparse = Load(Rows(300, 9, share: 0.2, seed: 4), 9);
        var dense = Load([.. Rows(300, 9, share: 0.2, seed: 4).Select(row => new VBuffer<float>(9, [.. row.DenseValues()]))], 9);

        _ml.Transforms.ScaleQuantile("Vector", numberOfQuantiles: 77).Fit(sparse).GetParameters("Vector").Quantiles.SelectMany(slot => slot)
            .Should().Equal(_ml.Transforms.ScaleQuantile("Vector", numberOfQuantiles: 77).Fit(dense).GetParameters("Vector").Quantiles.SelectMany(slot => slot));
        _ml.Transforms.ScaleRobust("Vector").Fit(sparse).GetParameters("Vector").Should().BeEquivalentTo(_ml.Transforms.ScaleRobust("Vector").Fit(dense).GetParameters("Vector"));
        _ml.Transforms.ScalePower("Vector").Fit(sparse).GetParameters("Vector").Should().BeEquivalentTo(_ml.Transforms.ScalePower("Vector").Fit(dense).GetParameters("Vector"));
    }

    [TestMethod]
    public void Fit_SparseRows_FindsQuantilesOfAllNumbers()
    {
        var rows = Rows(301, 5, share: 0.4, seed: 5);

        var parameters = _ml.Transforms.ScaleRobust("Vector").Fit(Load(rows, 5)).GetParameters("Vector");

        for (int slot = 0; slot < 5; slot++)
        {
            double[] sorted = [.. rows.Select(row => (double)row.GetItemOrDefault(slot)).Where(value => !double.IsNaN(value)).Order()];
            (parameters.Minima[slot], parameters.Maxima[slot]).Should().Be((sorted[0], sorted[^1]));
            if (sorted.Length % 2 == 1)
                parameters.Medians[slot].Should().Be(sorted[sorted.Length / 2]);
        }
    }

    [TestMethod]
    public void Fit_PowersOfSparseRows_HaveMeanAndDeviationOfAllNumbers()
    {
        var rows = Rows(300, 5, share: 0.4, seed: 6);

        var parameters = _ml.Transforms.ScalePower("Vector").Fit(Load(rows, 5)).GetParameters("Vector");

        for (int slot = 0; slot < 5; slot++)
        {
            double lambda = parameters.Lambdas[slot];
            double[] numbers = [.. rows.Select(row => (double)row.GetItemOrDefault(slot)).Where(value => !double.IsNaN(value))];
            double[] powers = [.. numbers.Select(value => Power(value, lambda))];
            double mean = powers.Average();
            parameters.Means[slot].Should().BeApproximately(mean, 1e-13);
            parameters.StandardDeviations[slot].Should().BeApproximately(Math.Sqrt(powers.Average(power => (power - mean) * (power - mean))), 1e-13);
            LogLikelihood(numbers, lambda).Should().BeGreaterThan(Math.Max(LogLikelihood(numbers, lambda - 1e-3), LogLikelihood(numbers, lambda + 1e-3)));
        }
    }

    [TestMethod]
    public void FitAndTransform_AMillionSparseSlots_IsQuick()
    {
        const int Slots = 1_000_000;
        var data = Load([new(Slots, 2, [1, 2], [0, 999_999]), new(Slots, 1, [3], [5]), new(Slots, 0, [], []), new(Slots, 1, [5], [999_999])], Slots);

        foreach (var estimator in new IEstimator<ITransformer>[] { _ml.Transforms.ScaleRobust("Vector", lowerQuantile: 0, upperQuantile: 1, center: false), _ml.Transforms.ScaleQuantile("Vector") })
        {
            VBuffer<float> row = estimator.Fit(data).Transform(data).GetColumn<VBuffer<float>>("Vector").First();

            (row.Length, row.IsDense).Should().Be((Slots, false));
            row.GetItemOrDefault(0).Should().Be(1);
            row.GetItemOrDefault(7).Should().Be(0);
        }
    }

    private static double Power(double value, double lambda) => value >= 0
        ? (Math.Pow(1 + value, lambda) - 1) / lambda
        : -(Math.Pow(1 - value, 2 - lambda) - 1) / (2 - lambda);

    private static double LogLikelihood(double[] numbers, double lambda)
    {
        double[] powers = [.. numbers.Select(value => Power(value, lambda))];
        double mean = powers.Average();
        return (lambda - 1) * numbers.Average(value => Math.Sign(value) * Math.Log(1 + Math.Abs(value))) - Math.Log(powers.Average(power => (power - mean) * (power - mean))) / 2;
    }

    private static VBuffer<float>[] Rows(int count, int slots, double share, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            int[] indices = [.. Enumerable.Range(0, slots).Where(_ => random.NextDouble() < share)];
            float[] values = [.. indices.Select(_ => random.Next(20) == 0 ? float.NaN : random.Next(5) == 0 ? 0 : (float)(random.NextDouble() * 3 - 1))];
            return new VBuffer<float>(slots, indices.Length, values, indices);
        })];
    }

    private IDataView Load(VBuffer<float>[] vectors, int slots)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema["Vector"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, slots);
        return _ml.Data.LoadFromEnumerable(vectors.Select(vector => new Row { Vector = vector }).ToArray(), schema);
    }

    private sealed class Row
    {
        public VBuffer<float> Vector { get; set; }
    }
}
