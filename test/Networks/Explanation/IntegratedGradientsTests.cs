using MLExtensions.Networks.Explanation;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Explanation")]
public sealed class IntegratedGradientsTests
{
    // The error of a row, as a share of the sum of its absolute contributions.
    private const double Exactness = 0.002;

    private static readonly IntegratedGradientsOptions s_exact = new() { NumberOfSteps = 192, MaximumNumberOfSteps = 12_288, Tolerance = Exactness / 2 };

    public static IEnumerable<object[]> Activations => Cases.Activations.Select(name => new object[] { name });

    public static IEnumerable<object[]> Layers => NetworkCases.Names;

    [TestMethod]
    public void Explain_LinearNetwork_IsWeightTimesDifference()
    {
        var problem = new TestProblem(Loss.SquaredError, 6, 70, 3, [new LinearLayer(70, 3)]);
        var explanation = new IntegratedGradients(problem.Network, problem.Start);
        float[] row = Row(problem, 0), baseline = Row(problem, 1);
        var weights = problem.Start["0.weight"];

        var attributions = explanation.Explain(row, baseline, output: 2);

        attributions.NumberOfSteps.Should().Be(48, "nothing is left to be made more exact");
        for (int slot = 0; slot < 70; slot++)
            attributions.Values[slot].Should().BeApproximately(weights[2 * 70 + slot] * ((double)row[slot] - baseline[slot]), 1e-6);
    }

    [TestMethod]
    [DynamicData(nameof(Activations))]
    public void Explain_AnyActivation_SumsUpToDifference(string activation) =>
        HoldComplete(new TestProblem(Loss.SquaredError, 6, 5, 3, TestProblem.Mlp(5, [40, 70], 3, Cases.Activation(activation), normalize: true, dropout: 0.5f)));

    [TestMethod]
    [DynamicData(nameof(Layers))]
    public void Explain_AnyLayer_SumsUpToDifference(string name) => HoldComplete(NetworkCases.Problem(name, 6, dropout: 0.4f));

    [TestMethod]
    [DynamicData(nameof(Layers))]
    public void Explain_OneSlotDiffers_HasItAll(string name)
    {
        var problem = NetworkCases.Problem(name, 6);
        var explanation = new IntegratedGradients(problem.Network, problem.Start, s_exact);
        for (int slot = 0; slot < 5; slot++)
        {
            float[] row = Row(problem, 0), baseline = Row(problem, 0);
            baseline[slot] = problem.Data.Layout?.IsCategory(slot) == true ? float.NaN : baseline[slot] + 0.7f;

            var attributions = explanation.Explain(row, baseline);

            for (int other = 0; other < 5; other++)
            {
                if (other != slot)
                    attributions.Values[other].Should().Be(0);
            }
            attributions.Values[slot].Should().BeApproximately(attributions.Score - attributions.BaselineScore, 0.01);
        }
    }

    [TestMethod]
    [DataRow(EnsembleMean.Values)]
    [DataRow(EnsembleMean.Classes)]
    [DataRow(EnsembleMean.Logits)]
    public void Explain_Ensemble_SumsUpToDifference(EnsembleMean mean)
    {
        string[] names = ["piecewise-linear embeddings", "periodic embeddings", "members"];
        var members = names.Select((name, index) => NetworkCases.Problem(name, 6).Network).Select((network, index) => (network, TestProblem.RandomWeights(network, index)));
        var (network, weights) = EnsembleLayer.Of([.. members.Take(2)], mean);

        HoldComplete(network, weights, new(NetworkCases.Problem(names[0], 6).Data, [0, 1, 2, 3, 4, 5]));
    }

    [TestMethod]
    [DataRow(EnsembleMean.Classes)]
    [DataRow(EnsembleMean.Logits)]
    public void Explain_EnsembleOfMembers_SumsUpToDifference(EnsembleMean mean)
    {
        var problem = NetworkCases.Problem("members", 6);
        var (network, weights) = EnsembleLayer.Of([(problem.Network, problem.Start), (problem.Network, TestProblem.RandomWeights(problem.Network, 7))], mean);

        HoldComplete(network, weights, new(problem.Data, problem.AllRows));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Explain_InputLayersWithMissingNumbers_SumsUpToDifference(bool quantiles)
    {
        var problem = ProblemWithInputs(quantiles);

        HoldComplete(problem.Network, problem.Weights, new(problem.Data, [0, 1, 2, 3, 4, 5]));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Explain_InputLayersOneSlotDiffers_HasItAll(bool quantiles)
    {
        var problem = ProblemWithInputs(quantiles);
        var explanation = new IntegratedGradients(problem.Network, problem.Weights, s_exact);
        for (int slot = 0; slot < 5; slot++)
        {
            float[] row = problem.Data.Features.Array!.AsSpan(5, 5).ToArray(), baseline = [.. row];
            baseline[slot] = slot is 1 or 2 ? float.NaN : 1 - baseline[slot];

            var attributions = explanation.Explain(row, baseline);

            attributions.Values.Where((_, other) => other != slot).Should().OnlyContain(value => value == 0);
            attributions.Values[slot].Should().NotBe(0).And.BeApproximately(attributions.Score - attributions.BaselineScore, 1e-3);
        }
    }

    [TestMethod]
    public void Explain_Network_EqualsPyTorch()
    {
        var stored = StoredValues.Load("explanations.json");
        var layout = RowLayout.Numbers(4);
        var network = new NetworkDescription(4, 3,
        [
            new AffineInputLayer(layout), new LinearLayer(4, 7), new BatchNormalizationLayer(7), new ActivationLayer(Activation.Tanh), new LinearLayer(7, 5),
            new ActivationLayer(Activation.Gelu), new LinearLayer(5, 3),
        ]);
        var weights = new NetworkWeights(new ParameterLayout(network));
        PyTorchValues.Floats(stored.GetProperty("center")).CopyTo(weights["0.center"]);
        PyTorchValues.Floats(stored.GetProperty("factor")).CopyTo(weights["0.factor"]);
        weights["0.inverse_limit"].Fill((float)(1 / stored.GetProperty("limit").GetDouble()));
        foreach (var (index, name) in new[] { (1, "first"), (2, "norm"), (4, "second"), (6, "last") })
        {
            foreach (var tensor in weights.Layout.Tensors.Where(tensor => tensor.LayerIndex == index))
                PyTorchValues.Floats(stored.GetProperty("parameters").GetProperty($"{name}.{tensor.Name.Split('.')[1]}")).CopyTo(weights[tensor]);
        }
        float[] rows = PyTorchValues.Floats(stored.GetProperty("rows")), baselines = PyTorchValues.Floats(stored.GetProperty("baselines"));
        var explanation = new IntegratedGradients(network, weights, new() { NumberOfSteps = 1536, MaximumNumberOfSteps = 1536 });

        for (int row = 0; row < 6; row++)
        {
            for (int output = 0; output < 3; output++)
            {
                var attributions = explanation.Explain(rows.AsSpan(row * 4, 4), baselines.AsSpan(row * 4, 4), output);

                Tolerances.ShouldBeClose([.. attributions.Values.Select(value => (float)value)],
                    PyTorchValues.Doubles(stored.GetProperty("attributions")[row][output]), Tolerances.PyTorch, $"row {row}, output {output}");
            }
        }
    }

    [TestMethod]
    public void Explain_SeveralBaselines_IsTheMean()
    {
        var problem = NetworkCases.Problem("piecewise-linear embeddings", 6);
        var explanation = new IntegratedGradients(problem.Network, problem.Start);
        float[] row = Row(problem, 0);

        var all = explanation.Explain(row, [.. Row(problem, 1), .. Row(problem, 2)]);
        var first = explanation.Explain(row, Row(problem, 1));
        var second = explanation.Explain(row, Row(problem, 2));

        all.BaselineScore.Should().BeApproximately((first.BaselineScore + second.BaselineScore) / 2, 1e-9);
        for (int slot = 0; slot < 5; slot++)
            all.Values[slot].Should().BeApproximately((first.Values[slot] + second.Values[slot]) / 2, 1e-9);
    }

    [TestMethod]
    public void Explain_ManyThreads_GivesTheSameBits()
    {
        var problem = NetworkCases.Problem("members", 40);
        var explanation = new IntegratedGradients(problem.Network, problem.Start);
        var expected = problem.AllRows.Select(row => explanation.Explain(Row(problem, row), Row(problem, 0)).Values).ToArray();
        var found = new IReadOnlyList<double>[40];

        Parallel.For(0, 40, new() { MaxDegreeOfParallelism = 4 }, row => found[row] = explanation.Explain(Row(problem, row), Row(problem, 0)).Values);

        for (int row = 0; row < 40; row++)
            found[row].Should().Equal(expected[row]);
    }

    [TestMethod]
    public void Explain_TooFewSteps_ComputesMore()
    {
        var problem = new TestProblem(Loss.SquaredError, 6, 5, 3, TestProblem.Mlp(5, [40, 70], 3, Activation.Relu));
        var rough = new IntegratedGradients(problem.Network, problem.Start, new() { NumberOfSteps = 3, MaximumNumberOfSteps = 3 });
        var exact = new IntegratedGradients(problem.Network, problem.Start, new() { NumberOfSteps = 3, Tolerance = 0.001 });
        float[] row = Row(problem, 0), baseline = Row(problem, 1);

        var few = rough.Explain(row, baseline);
        var more = exact.Explain(row, baseline);

        few.NumberOfSteps.Should().Be(3);
        more.NumberOfSteps.Should().BeGreaterThan(3);
        more.Error.Should().BeLessThan(few.Error).And.BeLessThan(0.001 * more.Values.Sum(Math.Abs) + 1e-5);
    }

    [TestMethod]
    [DataRow("centred logit")]
    [DataRow("probability of a class")]
    [DataRow("probability")]
    public void Explain_FunctionOfOutputs_SumsUpToDifference(string name)
    {
        var function = name switch
        {
            "centred logit" => ScoreFunctions.CentredLogit(1, 0.5),
            "probability of a class" => ScoreFunctions.ClassProbability(1, 0.5),
            _ => ScoreFunctions.Probability(1, 0.5),
        };
        var problem = NetworkCases.Problem("scaling within", 6);
        var explanation = new IntegratedGradients(problem.Network, problem.Start, s_exact);

        var attributions = explanation.Explain(Row(problem, 0), Row(problem, 1), function);

        float[] row = explanation.OutputsOf(Row(problem, 0));
        double[] exponentials = [.. row.Select(logit => Math.Exp(logit * 0.5))];
        attributions.Score.Should().BeApproximately(name switch
        {
            "centred logit" => 0.5 * (row[1] - row.Average(logit => (double)logit)),
            "probability of a class" => exponentials[1] / exponentials.Sum(),
            _ => exponentials[1] / (1 + exponentials[1]),
        }, 1e-6);
        attributions.Error.Should().BeLessThan(Exactness * attributions.Values.Sum(Math.Abs));
    }

    [TestMethod]
    public void Create_NetworkOfTheApplication_IsRefused()
    {
        var (network, start) = new SumNetwork("sum").Start(5, 3, seed: 1);

        var create = () => new IntegratedGradients(network, start);

        create.Should().Throw<NotSupportedException>().WithMessage("The network 'sum' is code of the application, whose derivatives are not known*");
    }

    [TestMethod]
    public void Options_OutsideTheirRange_AreListed()
    {
        var problem = new TestProblem(Loss.SquaredError, 6, 5, 3, [new LinearLayer(5, 3)]);

        var create = () => new IntegratedGradients(problem.Network, problem.Start, new() { NumberOfSteps = 2, MaximumNumberOfSteps = 1, Tolerance = double.NaN });

        create.Should().Throw<ArgumentException>().WithMessage(
            "NumberOfSteps must be at least 3, got 2. MaximumNumberOfSteps must be at least NumberOfSteps, 2, got 1. Tolerance must be finite and not negative, got NaN.*");
    }

    private static void HoldComplete(TestProblem problem) => HoldComplete(problem.Network, problem.Start, new(problem.Data, problem.AllRows));

    private static void HoldComplete(NetworkDescription network, NetworkWeights weights, (DataBlock Data, int[] Rows) rows)
    {
        var explanation = new IntegratedGradients(network, weights, s_exact);
        foreach (int row in rows.Rows[1..])
        {
            for (int output = 0; output < network.Outputs; output++)
            {
                var attributions = explanation.Explain(RowOf(rows.Data, row), RowOf(rows.Data, row - 1), output);

                float[] scores = new float[network.Outputs];
                NetworkScorer.Of(network, weights).Score(RowOf(rows.Data, row), scores);
                attributions.Score.Should().BeApproximately(scores[output], 1e-9);
                attributions.Error.Should().BeLessThan(Exactness * attributions.Values.Sum(Math.Abs) + 2e-5);
                attributions.Values.Should().Contain(value => value != 0);
            }
        }
    }

    private static (NetworkDescription Network, NetworkWeights Weights, DataBlock Data) ProblemWithInputs(bool quantiles)
    {
        var layout = RowLayout.Of([0, 3, 0, 0, 2]) with { Missing = [0, 2] };
        InputLayer input = quantiles ? new QuantileInputLayer(layout, 20) : new AffineInputLayer(layout);
        var embedding = new EmbeddingLayer(input.OutputLayout, new PiecewiseLinearEmbedding { Dimension = 4, Bins = 7 }, [5, 6], [2, 0]);
        int width = embedding.OutputsFor(7)!.Value;
        var network = new NetworkDescription(5, 3, [input, embedding, new LinearLayer(width, 9), new ActivationLayer(Activation.Tanh), new LinearLayer(9, 3)]);
        var weights = TestProblem.RandomWeights(network, 3);
        if (quantiles)
        {
            weights["0.scaled"].Fill(1);
            (weights["0.scaled"][1], weights["0.scaled"][4]) = (0, 0);
            var values = weights["0.quantiles"];
            for (int i = 0; i < values.Length; i++)
                values[i] = i % 20 / 4 * 0.5f - 1;
        }

        var random = new RandomStream(4, "rows");
        float[] rows = new float[6 * 5];
        for (int i = 0; i < rows.Length; i++)
        {
            int count = (i % 5) switch { 1 => 3, 4 => 2, _ => 0 };
            rows[i] = count > 0 ? (int)(count * random.NextUniform()) : i is 0 or 12 ? float.NaN : (float)random.NextNormal();
        }
        rows[11] = float.NaN;
        return (network, weights, new DataBlock(6, 5, 1, rows, new float[6], null) { Layout = layout });
    }

    private static float[] Row(TestProblem problem, int row) => RowOf(problem.Data, row);

    private static float[] RowOf(DataBlock data, int row) => data.Features.Array!.AsSpan(row * data.FeatureCount, data.FeatureCount).ToArray();
}
