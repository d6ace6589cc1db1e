using MLExtensions.Networks.Inputs;

namespace MLExtensions.Networks.Tests.Inputs;

[TestClass]
public sealed class InputScalingTests
{
    private static readonly float[] s_numbers = [1, 2, 3, 4, 5, 6, 7, 8, 100];

    [TestMethod]
    public void Standard_Numbers_HaveMeanZeroAndDeviationOne()
    {
        float[] scaled = Scale(InputScaling.Standard, s_numbers);

        scaled.Average().Should().BeApproximately(0, 1e-6f);
        scaled.Average(x => x * x).Should().BeApproximately(1, 1e-5f);
    }

    [TestMethod]
    public void Robust_WorkedByHand_IsSmoothlyClipped()
    {
        float[] scaled = Scale(InputScaling.Robust, s_numbers);

        // Median 5, quartiles 3 and 7.
        foreach (var (x, y) in s_numbers.Zip(scaled))
        {
            double z = (x - 5) / 4;
            y.Should().BeApproximately((float)(z / Math.Sqrt(1 + z * z / 9)), 1e-6f);
        }
        scaled[^1].Should().BeInRange(2.9f, 3);
    }

    [TestMethod]
    public void Robust_NoLimit_IsLinear() => Scale(new RobustInputScaling { ClipLimit = null }, s_numbers)[^1].Should().BeApproximately(95 / 4f, 1e-5f);

    [TestMethod]
    public void Robust_QuartilesThatAreOne_TakesTheDeviation() =>
        Scale(new RobustInputScaling { ClipLimit = null }, [7, 7, 7, 7, 7, 7, 7, 7, 11])[8].Should().BeApproximately(3.18198f, 1e-5f, "of mean 67 / 9");

    [TestMethod]
    [DataRow(5f)]
    [DataRow(-1e30f)]
    public void AllKinds_ConstantSlot_BecomesZero(float value)
    {
        foreach (var scaling in new[] { InputScaling.Standard, InputScaling.Robust })
            Scale(scaling, [value, value, value]).Should().Equal(0, 0, 0);
    }

    [TestMethod]
    public void AllKinds_ZerosAndOnes_StayAsTheyAre()
    {
        foreach (var scaling in All())
            Scale(scaling, [0, 0, 0, 1, 0]).Should().Equal(0, 0, 0, 1, 0);
    }

    [TestMethod]
    public void Quantile_Numbers_BecomeNormal()
    {
        float[] numbers = [.. Enumerable.Range(0, 1001).Select(i => MathF.Pow(i, 3))];

        float[] scaled = Scale(new QuantileInputScaling { NumberOfQuantiles = 1001, Noise = 0 }, numbers);

        scaled[500].Should().BeApproximately(0, 1e-5f);
        scaled[975].Should().BeApproximately(1.959964f, 1e-4f);
        scaled[25].Should().BeApproximately(-1.959964f, 1e-4f);
        scaled[0].Should().BeApproximately(-5.199338f, 1e-5f, "scikit-learn's end");
        scaled[1000].Should().BeApproximately(5.199338f, 1e-5f);
    }

    [TestMethod]
    public void Quantile_RepeatedValue_HasTheMiddleOfItsShares() =>
        // Of shares 0, .25, .5, .75, 1 the value 2 has those from .25 to .75.
        Scale(new QuantileInputScaling { NumberOfQuantiles = 5, Noise = 0 }, [1, 2, 2, 2, 3])[1].Should().BeApproximately(0, 1e-6f);

    [TestMethod]
    public void Quantile_Noise_SpreadsRepeatedValuesAndIsTheSeeds()
    {
        var data = Block(1, [1, 2, 2, 2, 3]);
        float[] Quantiles(float noise, int seed) =>
            [.. FittedInputs.Of(new QuantileInputScaling { NumberOfQuantiles = 5, Noise = noise }, data, [0, 1, 2, 3, 4], [], seed)!["quantiles"]];

        Quantiles(0, 1).Should().Equal(1, 2, 2, 2, 3);
        Quantiles(0.01f, 1).Should().OnlyHaveUniqueItems().And.BeInAscendingOrder();
        Quantiles(0.01f, 1).Should().Equal(Quantiles(0.01f, 1)).And.NotEqual(Quantiles(0.01f, 2));
    }

    [TestMethod]
    public void Quantile_ByDefault_HasAThirtiethOfTheRows()
    {
        var data = Block(1, [.. Enumerable.Range(0, 1500).Select(i => (float)i)]);

        FittedInputs.Of(InputScaling.Quantile, data, [.. Enumerable.Range(0, 1500)], [], 1)!["quantiles"].Length.Should().Be(50);
        FittedInputs.Of(InputScaling.Quantile, data, [.. Enumerable.Range(0, 100)], [], 1)!["quantiles"].Length.Should().Be(10);
    }

    [TestMethod]
    public void AllKinds_MissingNumber_BecomesZeroWithASlotThatTells()
    {
        foreach (var scaling in All())
        {
            var scaled = Apply(scaling, Block(2, [3, 1, float.NaN, 2, 5, 3, 7, 4]));

            scaled.FeatureCount.Should().Be(3);
            scaled.Layout!.Missing.Should().BeEmpty();
            float[] features = scaled.Features.Array!;
            features[3].Should().Be(0);
            features.Where((_, i) => i % 3 == 2).Should().Equal(0, 1, 0, 0);
            features.Should().OnlyContain(value => float.IsFinite(value));
        }
    }

    [TestMethod]
    public void AllKinds_Categories_StayAsTheyAre()
    {
        foreach (var scaling in All())
        {
            var data = Block(2, [3, 1, 4, 2, 5, 0, 9, float.NaN]) with { Layout = RowLayout.Of([0, 3]) };

            var scaled = Apply(scaling, data);

            scaled.Layout.Should().Be(RowLayout.Of([0, 3]));
            scaled.Features.Array!.Where((_, i) => i % 2 == 1).Should().Equal(1, 2, 0, float.NaN);
        }
    }

    [TestMethod]
    public void AllKinds_OtherRows_ChangeNothingButWhatMayBeMissing()
    {
        foreach (var scaling in All())
        {
            var fitted = FittedInputs.Of(scaling, Block(1, [1, 2, 3, 1e6f, float.NaN]), [0, 1, 2], [3, 4], 1)!;

            fitted.Layout.Missing.Should().Equal(0);
            var alone = FittedInputs.Of(scaling, Block(1, [1, 2, 3]), [0, 1, 2], [], 1)!;
            string name = scaling is QuantileInputScaling ? "quantiles" : "factor";
            fitted[name].ToArray().Should().Equal(alone[name].ToArray());
        }
    }

    [TestMethod]
    public void Of_None_IsNull() => FittedInputs.Of(null, Block(1, [1, 2]), [0, 1], [], 1).Should().BeNull();

    [TestMethod]
    public void Apply_InPlace_UsesTheMemoryOfTheRows()
    {
        var data = Block(1, [.. s_numbers]);
        var fitted = FittedInputs.Of(InputScaling.Robust, data, [.. Enumerable.Range(0, 9)], [], 1)!;

        float[] apart = fitted.Apply(data, inPlace: false).Features.Array!;
        data.Features.Array.Should().Equal(s_numbers);
        fitted.Apply(data, inPlace: true).Features.Array.Should().BeSameAs(data.Features.Array).And.Equal(apart);
    }

    /// <summary>A network with the layer before it scores rows as the network scores scaled rows, over all widths of strips.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(15)]
    [DataRow(63)]
    [DataRow(64)]
    [DataRow(70)]
    [DataRow(200)]
    public void Prepend_AnyWidth_ScoresAsTheNetworkBehindIt(int width)
    {
        const int Rows = 60;
        var random = new Random(width);
        foreach (var scaling in All())
        {
            foreach (bool missing in new[] { false, true })
            {
                float[] features = [.. Enumerable.Range(0, Rows * width).Select(i => missing && i % 7 == 3 ? float.NaN : 50 + 20 * random.NextSingle())];
                var data = Block(width, features);
                var fitted = FittedInputs.Of(scaling, data, [.. Enumerable.Range(0, Rows)], [], 1)!;
                var problem = new TestProblem(Loss.SquaredError, Rows, fitted.Outputs, 3, TestProblem.Mlp(fitted.Outputs, [9], 3, Activation.Tanh));
                float[] expected = new float[3 * Rows];
                new NetworkScorer(problem.Network, problem.Start).ScoreBatch(fitted.Apply(data, inPlace: false).Features.Array, Rows, expected);

                var (network, weights) = fitted.Prepend(problem.Network, problem.Start);
                float[] actual = new float[3 * Rows];
                new NetworkScorer(network, weights).ScoreBatch(features, Rows, actual);

                actual.Should().Equal(expected);
            }
        }
    }

    [TestMethod]
    public void NetworkChecks_InputLayerBehindAnother_IsRefused()
    {
        var network = new NetworkDescription(2, 1, [new ScalingLayer(2), new AffineInputLayer(RowLayout.Numbers(2)), new LinearLayer(2, 1)]);

        var make = () => new NetworkScorer(network, new NetworkWeights(new ParameterLayout(network)));

        make.Should().Throw<ArgumentException>().WithMessage("Layer 1, AffineInputLayer*");
    }

    [TestMethod]
    public void NetworkChecks_OneHotLayerBehindInputs_MustHaveTheirSlots()
    {
        var layout = RowLayout.Of([0, 3]) with { Missing = [0] };
        var good = new NetworkDescription(2, 1, [new AffineInputLayer(layout), new OneHotLayer(RowLayout.Of([0, 3, 0])), new LinearLayer(5, 1)]);
        var bad = good with { Layers = [new AffineInputLayer(layout), new OneHotLayer(RowLayout.Of([0, 0, 3])), new LinearLayer(5, 1)] };

        new NetworkScorer(good, new NetworkWeights(new ParameterLayout(good))).Inputs.Should().Be(2);
        var make = () => new NetworkScorer(bad, new NetworkWeights(new ParameterLayout(bad)));
        make.Should().Throw<ArgumentException>().WithMessage("Layer 1, OneHotLayer*");
    }

    [TestMethod]
    public void Open_InputLayer_SaysThatItIsNotTrained()
    {
        var network = new NetworkDescription(1, 1, [new AffineInputLayer(RowLayout.Numbers(1)), new LinearLayer(1, 1)]);

        var open = () => new ManagedEngine().Open(network, Block(1, [1, 2]), new EngineSettings { Loss = Loss.SquaredError, Optimizer = new AdamOptions(), MaximumBatchRows = 2, Seed = 1 });

        open.Should().Throw<NotSupportedException>().WithMessage("AffineInputLayer is fitted before training*");
    }

    private static InputScaling[] All() => [InputScaling.Standard, InputScaling.Robust, InputScaling.Quantile];

    private static DataBlock Block(int width, float[] features) => new(features.Length / width, width, 1, features, new float[features.Length / width], null);

    private static DataBlock Apply(InputScaling scaling, DataBlock data) =>
        FittedInputs.Of(scaling, data, [.. Enumerable.Range(0, data.Rows)], [], 1)!.Apply(data, inPlace: false);

    private static float[] Scale(InputScaling scaling, float[] numbers) => Apply(scaling, Block(1, numbers)).Features.Array!;
}
