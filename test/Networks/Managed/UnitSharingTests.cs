using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Threading;
using MLExtensions.TestSupport;

namespace MLExtensions.Networks.Tests;

/// <summary>Threads that share units of layers in place of rows.</summary>
[TestClass]
[TestCategory("Engine")]
public sealed class UnitSharingTests
{
    private const int Rows = 50;

    private static readonly Dictionary<string, Layer[]> s_networks = new()
    {
        // Units that fill their strips: the output layer's bias is a row after the last of them.
        ["ReLU"] = [.. TestProblem.Mlp(5, [140, 128], 3, Activation.Relu)],
        ["one hidden layer"] = [.. TestProblem.Mlp(5, [130], 3, Activation.Gelu)],
        ["normalization and dropout"] = [.. TestProblem.Mlp(5, [140, 200, 66], 3, Activation.Relu, normalize: true, dropout: 0.3f)],
        ["normalization before GELU"] = [.. TestProblem.Mlp(5, [140, 70], 3, Activation.Gelu, normalize: true)],
        ["normalization after the activation"] =
        [
            new LinearLayer(5, 140), new ActivationLayer(Activation.Tanh), new BatchNormalizationLayer(140, Affine: false), new DropoutLayer(0.2f),
            new LinearLayer(140, 70), new BatchNormalizationLayer(70), new LinearLayer(70, 3),
        ],
        ["nothing between"] = [new LinearLayer(5, 140), new LinearLayer(140, 90), new LinearLayer(90, 3)],
        ["many outputs"] = [.. TestProblem.Mlp(5, [140], 150, Activation.Silu)],
        ["one-hot"] = [new OneHotLayer(RowLayout.Of([0, 3, 0, 0, 2])), .. TestProblem.Mlp(8, [140, 80], 3, Activation.Relu)],
        ["learned factors, slopes and mixtures"] =
        [
            new ScalingLayer(5), new LinearLayer(5, 140), new PReluLayer(140), new LinearLayer(140, 90), new BatchNormalizationLayer(90),
            new PReluLayer(90, PerUnit: true), new LinearLayer(90, 70), new MixedActivationLayer(70, Activation.Selu), new LinearLayer(70, 3),
        ],
        ["embeddings"] = Embedded(new EmbeddingLayer(RowLayout.Of([0, 9, 0, 0, 0]), new PiecewiseLinearEmbedding { Dimension = 6, Bins = 11 }, [3], [4])),
        ["dropout of the features"] = [new DropoutLayer(0.2f), .. TestProblem.Mlp(5, [140, 80], 3, Activation.Relu, normalize: true)],
    };

    private static readonly Dictionary<string, Func<TestProblem, EngineSettings>> s_settings = new()
    {
        ["Adam"] = problem => problem.Settings(new AdamOptions(), l1: 0.001f, l2: 0.01f, batch: Rows),
        ["clipped by the norm, the first layer frozen"] = problem => problem.Settings(new SgdOptions { Momentum = 0.9f }, batch: Rows, update: new UpdateSettings { ClipNorm = 0.1f, FrozenHiddenLayers = 1 }),
        ["Muon"] = problem => problem.Settings(new MuonOptions(), batch: Rows),
        ["limited and averaged"] = problem => problem.Settings(new RmsPropOptions(), batch: Rows, update: new UpdateSettings { MaximumNorm = 0.5f, AverageDecay = 0.9f }),
        ["mixed rows"] = problem => problem.Settings(new AdamOptions(), batch: Rows) with { InputNoise = 0.2f, Mixing = new MixupOptions() },
    };

    public static IEnumerable<object[]> Cases =>
        from network in s_networks.Keys
        from settings in s_settings.Keys
        where network == "normalization and dropout" || settings == "Adam"
        from threads in new[] { 2, 3, 7 }
        select new object[] { network, settings, threads };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Step_UnitsShared_GivesTheBitsOfOneThread(string network, string settings, int threads)
    {
        Layer[] layers = s_networks[network];
        var problem = new TestProblem(Loss.CrossEntropy, 200, 5, network == "many outputs" ? 150 : 3, layers, weighted: true);

        (float[] expected, double[] losses, _) = Train(problem, s_settings[settings](problem), threads: 1, sharesUnits: false);
        (float[] actual, double[] actualLosses, TeamShape team) = Train(problem, s_settings[settings](problem), threads, sharesUnits: true);

        team.Should().Be(new TeamShape(threads, true));
        actual.Should().Equal(expected);
        actualLosses.Should().Equal(losses);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(8)]
    [DataRow(9)]
    public void Step_FewerRowsThanMembers_SharesUnitsAllTheSame(int rows)
    {
        var problem = new TestProblem(Loss.CrossEntropy, 200, 5, 3, s_networks["normalization and dropout"]);
        EngineSettings settings = problem.Settings(new AdamOptions(), batch: rows);

        (float[] expected, _, _) = Train(problem, settings, threads: 1, sharesUnits: false);
        (float[] actual, _, TeamShape team) = Train(problem, settings, threads: 3, sharesUnits: true);

        team.Should().Be(new TeamShape(3, true));
        actual.Should().Equal(expected);
    }

    public static IEnumerable<object[]> RowsAlone =>
    [
        ["layers of one strip", TestProblem.Mlp(5, [2], 3, Activation.Relu).ToArray()],
        ["one layer of one strip", TestProblem.Mlp(5, [140, 2], 3, Activation.Relu).ToArray()],
        ["no hidden layer", new Layer[] { new LinearLayer(5, 3) }],
        ["DropConnect", new Layer[] { new LinearLayer(5, 140, DropConnectRate: 0.3f), new ActivationLayer(Activation.Relu), new LinearLayer(140, 3) }],
        ["units that look at one another", new Layer[] { new LinearLayer(5, 140), new LayerNormalizationLayer(140), new LinearLayer(140, 3) }],
        ["statistics of the features", new Layer[] { new BatchNormalizationLayer(5, Affine: false), new LinearLayer(5, 140), new ActivationLayer(Activation.Relu), new LinearLayer(140, 3) }],
    ];

    [TestMethod]
    [DynamicData(nameof(RowsAlone))]
    public void Step_UnitsCannotBeShared_SharesRows(string why, Layer[] layers)
    {
        var problem = new TestProblem(Loss.CrossEntropy, 200, 5, 3, layers);

        (_, _, TeamShape team) = Train(problem, problem.Settings(new AdamOptions(), batch: Rows), threads: 2, sharesUnits: true);

        team.Should().Be(new TeamShape(2, false), why);
    }

    [TestMethod]
    public void ComputeGradients_UnitsCanBeShared_SharesRows()
    {
        var problem = new TestProblem(Loss.CrossEntropy, 200, 5, 3, s_networks["ReLU"]);
        using ManagedSession session = problem.Open(problem.Settings(new AdamOptions(), batch: Rows), threads: 2, sharesUnits: true);

        session.ComputeGradients(problem.AllRows.AsSpan(0, Rows), new StepSettings(0.01f), new NetworkWeights(problem.Start.Layout));

        session.Team.Shape.Should().Be(new TeamShape(2, false));
    }

    [TestMethod]
    public void Step_AfterTheFirst_AllocatesNothing()
    {
        var problem = new TestProblem(Loss.CrossEntropy, 200, 5, 3, s_networks["normalization and dropout"]);
        using ManagedSession session = problem.Open(problem.Settings(new AdamOptions(), batch: Rows), threads: 3, sharesUnits: true);

        Allocations.LeastOf(() => session.Step(problem.AllRows.AsSpan(0, Rows), new StepSettings(0.01f)), times: 10).Should().Be(0);
        session.Team.Shape.SharesUnits.Should().BeTrue();
    }

    [TestMethod]
    public void Exchange_UnitsShared_GoesOnWithTheSameBits()
    {
        var problem = new TestProblem(Loss.CrossEntropy, 200, 5, 3, s_networks["normalization and dropout"]);
        EngineSettings settings = problem.Settings(new AdamOptions(), batch: Rows);
        using ManagedSession one = problem.Open(settings, threads: 2, sharesUnits: true), rows = problem.Open(settings, threads: 2), other = problem.Open(settings, threads: 1);
        one.Step(problem.AllRows.AsSpan(0, Rows), new StepSettings(0.01f));
        rows.Step(problem.AllRows.AsSpan(0, Rows), new StepSettings(0.01f));

        var state = new TrainingState();
        one.Exchange(StateExchange.Into(state));
        other.Exchange(StateExchange.From(state));
        foreach (ManagedSession session in new[] { rows, other })
            session.Step(problem.AllRows.AsSpan(60, Rows), new StepSettings(0.01f));

        WeightsOf(other).Should().Equal(WeightsOf(rows));

        float[] WeightsOf(ManagedSession session)
        {
            var weights = new NetworkWeights(problem.Start.Layout);
            session.GetWeights(weights);
            return weights.Values;
        }
    }

    [TestMethod]
    public void Step_NobodyFixesTheTeam_TriesUnitsToo()
    {
        var problem = new TestProblem(Loss.CrossEntropy, 200, 5, 3, s_networks["normalization and dropout"]);
        using ManagedSession session = problem.Open(problem.Settings(new AdamOptions(), batch: Rows), threads: 2);
        session.Team.Fixed = null;
        var tried = new HashSet<TeamShape>();

        for (int step = 0; step < 100_000 && tried.Count < 3; step++)
        {
            session.Step(problem.AllRows.AsSpan(0, Rows), new StepSettings(0.01f));
            tried.Add(session.Team.Shape);
        }

        tried.Should().BeEquivalentTo([new TeamShape(1, false), new TeamShape(2, false), new TeamShape(2, true)]);
    }

    private static Layer[] Embedded(EmbeddingLayer layer) =>
        [layer, new LinearLayer(layer.OutputsFor(5)!.Value, 140), new ActivationLayer(Activation.Relu), new LinearLayer(140, 3)];

    private static (float[] Weights, double[] Losses, TeamShape Team) Train(TestProblem problem, EngineSettings settings, int threads, bool sharesUnits)
    {
        using ManagedSession session = problem.Open(settings, threads, sharesUnits);
        var losses = new double[6];
        for (int step = 0; step < losses.Length; step++)
        {
            int rows = Math.Max(1, settings.MaximumBatchRows - step);
            losses[step] = session.Step(problem.AllRows.AsSpan(step * 7, rows), new StepSettings(0.01f, DropoutFactor: step % 2 == 0 ? 1 : 0.5f));
            session.FinishStep();
        }

        var weights = new NetworkWeights(problem.Start.Layout);
        var averages = new NetworkWeights(problem.Start.Layout);
        session.GetWeights(weights);
        session.GetAverages(averages);
        return ([.. weights.Values, .. averages.Values], losses, session.Team.Shape);
    }
}
