using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class WhiteningTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(WhiteningMethod.PrincipalComponents)]
    [DataRow(WhiteningMethod.ZeroPhase)]
    public void Transform_TrainingRows_HasUncorrelatedSlotsOfVarianceOne(WhiteningMethod method)
    {
        var data = Load(Random(200));

        double[][] rows = [.. _ml.Transforms.WhitenPrincipalComponents("Vector", method: method).Fit(data).Transform(data).GetColumn<double[]>("Vector")];

        for (int i = 0; i < 3; i++)
        {
            rows.Average(row => row[i]).Should().BeApproximately(0, 1e-12);
            for (int j = 0; j < 3; j++)
                (rows.Sum(row => row[i] * row[j]) / (rows.Length - 1)).Should().BeApproximately(i == j ? 1 : 0, 1e-12);
        }
    }

    [TestMethod]
    public void Transform_ZeroPhase_StaysNearerToTheSlotsThanComponents()
    {
        double[][] rows = Random(200);

        DistanceOf(WhiteningMethod.ZeroPhase, rows).Should().BeLessThan(DistanceOf(WhiteningMethod.PrincipalComponents, rows));
    }

    [TestMethod]
    public void Transform_FewerComponents_HasFewerNamedSlotsAndAnInverseOfTheOldSize()
    {
        var data = Load(Random(50));
        var transformer = _ml.Transforms.WhitenPrincipalComponents("Whitened", "Vector", numberOfComponents: 2).Fit(data);

        var whitened = transformer.Transform(data);
        var back = transformer.Inverse(new InputOutputColumnPair("Back", "Whitened")).Transform(whitened);

        whitened.Schema["Whitened"].Type.Should().Be(new VectorDataViewType(NumberDataViewType.Double, 2));
        NamesOf(whitened.Schema["Whitened"]).Should().Equal("PC1", "PC2");
        back.Schema["Back"].Type.Should().Be(new VectorDataViewType(NumberDataViewType.Double, 3));
        back.Schema["Back"].HasSlotNames().Should().BeFalse();
        whitened.GetColumn<double[]>("Whitened").First().Should().HaveCount(2);
        back.GetColumn<double[]>("Back").First().Should().HaveCount(3);
    }

    [TestMethod]
    public void Transform_ZeroPhase_KeepsSlotNames()
    {
        var data = ScalerData.Load(_ml);
        var named = _ml.Transforms.Concatenate("Named", "Features", "Single").Fit(data).Transform(data);

        var whitened = _ml.Transforms.WhitenPrincipalComponents("Named", method: WhiteningMethod.ZeroPhase).Fit(named).Transform(named);

        NamesOf(whitened.Schema["Named"]).Should().Equal(NamesOf(named.Schema["Named"]));
    }

    [TestMethod]
    public void Inverse_OfAllComponents_GivesTheRowsBack()
    {
        double[][] rows = Random(60);
        foreach (var method in Enum.GetValues<WhiteningMethod>())
        {
            var transformer = _ml.Transforms.WhitenPrincipalComponents("Vector", method: method).Fit(Load(rows));

            double[][] back = [.. transformer.Inverse().Transform(transformer.Transform(Load(rows))).GetColumn<double[]>("Vector")];

            foreach (var (one, other) in back.SelectMany(row => row).Zip(rows.SelectMany(row => row)))
                one.Should().BeApproximately(other, 1e-9);
        }
    }

    [TestMethod]
    public void Fit_RowsWithNaN_AreLeftOut()
    {
        double[][] rows = Random(40);
        double[][] broken = [.. rows, [1, double.NaN, 1e6], [double.NaN, double.NaN, double.NaN]];

        var parameters = _ml.Transforms.WhitenPrincipalComponents("Vector").Fit(Load(broken)).GetParameters("Vector");

        parameters.Should().BeEquivalentTo(_ml.Transforms.WhitenPrincipalComponents("Vector").Fit(Load(rows)).GetParameters("Vector"));
    }

    [TestMethod]
    public void Transform_RowWithNaN_IsNaNThroughout()
    {
        var transformer = _ml.Transforms.WhitenPrincipalComponents("Vector").Fit(Load(Random(40)));

        double[][] rows = [.. transformer.Transform(Load([[1, double.NaN, 3], [1, 2, 3]])).GetColumn<double[]>("Vector")];

        rows[0].Should().OnlyContain(value => double.IsNaN(value));
        rows[1].Should().OnlyContain(value => double.IsFinite(value));
    }

    [TestMethod]
    public void Transform_SparseRows_IsWhatDenseRowsGive()
    {
        VBuffer<float>[] sparse = [new(3, 1, [2], [1]), new(3, 0, [], []), new(3, 2, [1, 5], [0, 2]), new(3, [4, 0, 1])];
        var dense = _ml.Data.LoadFromEnumerable(sparse.Select(row => new SparseRow { Vector = new(3, [.. row.DenseValues()]) }).ToArray());
        var data = _ml.Data.LoadFromEnumerable(sparse.Select(row => new SparseRow { Vector = row }).ToArray());

        var transformer = _ml.Transforms.WhitenPrincipalComponents("Vector").Fit(data);

        transformer.GetParameters("Vector").Should().BeEquivalentTo(_ml.Transforms.WhitenPrincipalComponents("Vector").Fit(dense).GetParameters("Vector"));
        transformer.Transform(data).GetColumn<float[]>("Vector").SelectMany(row => row)
            .Should().Equal(transformer.Transform(dense).GetColumn<float[]>("Vector").SelectMany(row => row));
    }

    [TestMethod]
    public void Fit_ConstantSlot_IsDividedByOne()
    {
        double[][] rows = [.. Random(40).Select(row => new[] { row[0], 7, row[2] })];

        var transformer = _ml.Transforms.WhitenPrincipalComponents("Vector").Fit(Load(rows));
        var parameters = transformer.GetParameters("Vector");

        (parameters.Variances[2], parameters.Divisors[2]).Should().Be((0, 1));
        transformer.Transform(Load([[0, 7, 0]])).GetColumn<double[]>("Vector").Single()[2].Should().BeApproximately(0, 1e-12);
        parameters.ShareOfVariance.Should().Be(1);
    }

    // The third slot is the sum of the others but for rounding: what is left of it is no component, also where a scaler took the means away.
    [TestMethod]
    [DataRow(100, "")]
    [DataRow(100, "ScaleStandard")]
    [DataRow(100, "ScaleRobust")]
    [DataRow(100, "NormalizeMeanVariance")]
    [DataRow(1000, "")]
    [DataRow(1000, "ScaleMinMax")]
    [DataRow(0, "")]
    [DataRow(0, "ScaleStandard")]
    public void Transform_SingleSlotsThatDependUpToRounding_HaveNoFurtherComponent(int mean, string scaler)
    {
        var random = new Random(5);
        var data = Singles([.. Enumerable.Range(0, 1000).Select(_ =>
        {
            float one = (float)(mean + Gauss(random)), other = (float)(mean + Gauss(random));
            return new[] { one, other, one + other };
        })]);
        IEstimator<ITransformer>? before = scaler switch
        {
            "ScaleStandard" => _ml.Transforms.ScaleStandard("Vector"),
            "ScaleRobust" => _ml.Transforms.ScaleRobust("Vector"),
            "ScaleMinMax" => _ml.Transforms.ScaleMinMax("Vector"),
            "NormalizeMeanVariance" => _ml.Transforms.NormalizeMeanVariance("Vector", fixZero: false),
            _ => null,
        };
        var scaled = before?.Fit(data).Transform(data) ?? data;

        var transformer = _ml.Transforms.WhitenPrincipalComponents("Vector").Fit(scaled);
        float[][] rows = [.. transformer.Transform(scaled).GetColumn<float[]>("Vector").Select(row => row.ToArray())];
        var zeroPhase = _ml.Transforms.WhitenPrincipalComponents("Vector", method: WhiteningMethod.ZeroPhase).Fit(scaled).Transform(scaled);

        transformer.GetParameters("Vector").Variances[2].Should().Be(0);
        VarianceOf(rows, 0).Should().BeApproximately(1, 1e-3);
        VarianceOf(rows, 1).Should().BeApproximately(1, 1e-3);
        VarianceOf(rows, 2).Should().BeLessThan(1e-6);
        float[][] zeroPhaseRows = [.. zeroPhase.GetColumn<float[]>("Vector").Select(row => row.ToArray())];
        Enumerable.Range(0, 3).Sum(slot => VarianceOf(zeroPhaseRows, slot)).Should().BeApproximately(2, 1e-2);
    }

    // Slots in other units, and far from zero: little variance beside the others is no noise.
    [TestMethod]
    public void Transform_SingleSlotsOfOtherMagnitudes_AllHaveVarianceOne()
    {
        var random = new Random(6);
        var data = Singles([.. Enumerable.Range(0, 1000).Select(_ => new[] { (float)(2000 + 10 * Gauss(random)), (float)(1e4 * Gauss(random)), (float)(1e-2 * Gauss(random)) })]);

        float[][] rows = [.. _ml.Transforms.WhitenPrincipalComponents("Vector").Fit(data).Transform(data).GetColumn<float[]>("Vector").Select(row => row.ToArray())];

        for (int slot = 0; slot < 3; slot++)
            VarianceOf(rows, slot).Should().BeApproximately(1, 1e-3);
    }

    [TestMethod]
    public void Fit_DoubleSlotsThatDependButForLittle_KeepThatComponent()
    {
        var random = new Random(7);
        double[][] rows = [.. Enumerable.Range(0, 300).Select(_ =>
        {
            double one = 100 + Gauss(random), other = 100 + Gauss(random);
            return new[] { one, other, one + other + 1e-6 * Gauss(random) };
        })];

        _ml.Transforms.WhitenPrincipalComponents("Vector").Fit(Load(rows)).GetParameters("Vector").Variances[2].Should().BeInRange(2e-13, 5e-13);
    }

    [TestMethod]
    public void Fit_Epsilon_ShrinksComponentsOfLittleVariance()
    {
        var plain = _ml.Transforms.WhitenPrincipalComponents("Vector").Fit(Load(Random(40))).GetParameters("Vector");

        var shrunk = _ml.Transforms.WhitenPrincipalComponents("Vector", epsilon: 0.25).Fit(Load(Random(40))).GetParameters("Vector");

        shrunk.Variances.Should().Equal(plain.Variances);
        for (int k = 0; k < 3; k++)
            shrunk.Divisors[k].Should().BeApproximately(Math.Sqrt(plain.Variances[k] + 0.25), 1e-14);
    }

    [TestMethod]
    public void Fit_ShareOfVariance_KeepsAsFewComponentsAsPassIt()
    {
        var all = _ml.Transforms.WhitenPrincipalComponents("Vector").Fit(Load(Random(40))).GetParameters("Vector");
        double first = all.Variances[0] / all.Variances.Sum();

        _ml.Transforms.WhitenPrincipalComponents("Vector", shareOfVariance: first * 0.99).Fit(Load(Random(40))).GetParameters("Vector").Components.Should().HaveCount(1);
        _ml.Transforms.WhitenPrincipalComponents("Vector", shareOfVariance: first * 1.01).Fit(Load(Random(40))).GetParameters("Vector").Components.Should().HaveCount(2);
    }

    [TestMethod]
    public void Fit_WhatCannotBeWhitened_IsRefused()
    {
        RefusalOf(Load([[1, 2, 3], [4, double.PositiveInfinity, 6]])).Should().StartWith("Column 'Vector', slot 1, is infinite in row 1 (counted from 0).");
        RefusalOf(Load([[1, 2, 3], [4, double.NaN, 6]])).Should().Be("Column 'Vector' has 1 row without NaN, and covariances need at least two. " +
            "Replace missing values first, or fit to more rows.");
        RefusalOf(Load([])).Should().Be("The data have no rows; scaling needs at least one.");
        RefusalOf(Load([[1e300, 2, 3], [-1e300, 3, 3]])).Should().Be("Column 'Vector', slot 0, holds numbers so large that their variance overflows. Divide them first.");
        RefusalOf(Load(Random(9)), components: 4).Should().Be("Column 'Vector' has 3 slots, and so no 4 principal components. Lower numberOfComponents.");
    }

    // Their covariances would take 20 GB.
    [TestMethod]
    [DataRow(WhiteningMethod.PrincipalComponents, 3)]
    [DataRow(WhiteningMethod.ZeroPhase, 50_000)]
    public void FitAndTransform_MoreSlotsThanCovariancesHaveRoomFor_TakesTheRows(WhiteningMethod method, int outputs)
    {
        var type = SchemaDefinition.Create(typeof(Row));
        type["Vector"].ColumnType = new VectorDataViewType(NumberDataViewType.Double, 50_000);
        var random = new Random(2);
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(_ => new Row { Vector = [.. Enumerable.Range(0, 50_000).Select(_ => random.NextDouble())] }).ToArray(), type);

        double[][] rows = [.. _ml.Transforms.WhitenPrincipalComponents("Vector", method: method).Fit(data).Transform(data).GetColumn<double[]>("Vector").Select(row => row.ToArray())];

        rows.Should().OnlyContain(row => row.Length == outputs);
        rows.Sum(row => row.Sum(value => value * value)).Should().BeApproximately(4, 1e-9, "two components have variance 1 in three rows");
    }

    [TestMethod]
    [DataRow(WhiteningMethod.PrincipalComponents, null, 4)]
    [DataRow(WhiteningMethod.PrincipalComponents, 7, 7)]
    [DataRow(WhiteningMethod.ZeroPhase, null, 9)]
    [DataRow(WhiteningMethod.ZeroPhase, 2, 9)]
    public void FitAndTransform_FewerRowsThanSlots_ComesBackAlsoFromAFile(WhiteningMethod method, int? components, int outputs)
    {
        var type = SchemaDefinition.Create(typeof(Row));
        type["Vector"].ColumnType = new VectorDataViewType(NumberDataViewType.Double, 9);
        var random = new Random(3);
        double[][] rows = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 9).Select(_ => random.NextDouble()).ToArray())];
        var data = _ml.Data.LoadFromEnumerable(rows.Select(row => new Row { Vector = row }).ToArray(), type);

        var transformer = _ml.Transforms.WhitenPrincipalComponents("Vector", method: method, numberOfComponents: components).Fit(data);
        var whitened = TestSupport.SavedModels.ThroughFile(transformer, data.Schema).Transform(data);
        var inverse = transformer.Inverse();
        double[][] back = [.. inverse.Transform(whitened).GetColumn<double[]>("Vector").Select(row => row.ToArray())];

        whitened.Schema["Vector"].Type.Should().Be(new VectorDataViewType(NumberDataViewType.Double, outputs));
        TestSupport.RowTexts.Of(whitened).Should().Equal(TestSupport.RowTexts.Of(transformer.Transform(data)));
        TestSupport.RowTexts.Of(TestSupport.SavedModels.ThroughFile(inverse, whitened.Schema).Transform(whitened)).Should().Equal(TestSupport.RowTexts.Of(inverse.Transform(whitened)));
        if (components is 2)
            return;
        foreach (var (one, other) in back.SelectMany(row => row).Zip(rows.SelectMany(row => row)))
            one.Should().BeApproximately(other, 1e-12);
    }

    [TestMethod]
    public void Fit_Scalar_IsRefused()
    {
        Action fit = () => _ml.Transforms.WhitenPrincipalComponents("Single").Fit(ScalerData.Load(_ml));
        Action propagate = () => _ml.Transforms.WhitenPrincipalComponents("Single").GetOutputSchema(TestSupport.Shapes.Of(ScalerData.Load(_ml)));

        foreach (var action in new[] { fit, propagate })
            action.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Schema mismatch for input column 'Single': expected a vector of known size of Single or Double, got Single.*");
    }

    private double DistanceOf(WhiteningMethod method, double[][] rows)
    {
        double[] means = [.. Enumerable.Range(0, 3).Select(slot => rows.Average(row => row[slot]))];
        var whitened = _ml.Transforms.WhitenPrincipalComponents("Vector", method: method).Fit(Load(rows)).Transform(Load(rows)).GetColumn<double[]>("Vector");
        return whitened.Zip(rows).Sum(pair => pair.First.Select((value, slot) => Math.Pow(value - (pair.Second[slot] - means[slot]), 2)).Sum());
    }

    private string RefusalOf(IDataView data, int? components = null)
    {
        Action fit = () => _ml.Transforms.WhitenPrincipalComponents("Vector", numberOfComponents: components).Fit(data);

        return fit.Should().Throw<InvalidOperationException>().Which.Message;
    }

    private static string[] NamesOf(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static double[][] Random(int count)
    {
        var random = new Random(8);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double common = random.NextDouble() * 4;
            return new[] { common + random.NextDouble(), 100 - common + random.NextDouble(), random.NextDouble() };
        })];
    }

    private static double Gauss(Random random) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 1 - random.NextDouble());

    private static double VarianceOf(float[][] rows, int slot)
    {
        double mean = rows.Average(row => (double)row[slot]);
        return rows.Sum(row => (row[slot] - mean) * (row[slot] - mean)) / (rows.Length - 1);
    }

    private IDataView Singles(float[][] rows) => _ml.Data.LoadFromEnumerable(rows.Select(row => new SparseRow { Vector = new(3, row) }).ToArray());

    private IDataView Load(double[][] rows) => _ml.Data.LoadFromEnumerable(rows.Select(row => new Row { Vector = row }).ToArray());

    private sealed class Row
    {
        [VectorType(3)]
        public double[] Vector { get; set; } = [];
    }

    private sealed class SparseRow
    {
        [VectorType(3)]
        public VBuffer<float> Vector { get; set; }
    }
}
