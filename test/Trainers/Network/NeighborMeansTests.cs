using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Means of the label over the nearest training rows.</summary>
[TestClass]
public sealed class NeighborMeansTests
{
    private static readonly DeepMlpOptions s_options = Trainer.Quick with
    {
        LabelColumnName = "Value",
        InputScaling = InputScaling.Robust,
        HiddenLayers = [16],
        NumberOfEpochs = 30,
        Optimizer = new AdamOptions { LearningRate = 0.01f },
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_LabelOfAPlace_IsLearnedFromNeighbors()
    {
        var (train, test) = (Load(Rows(2000, 1)), Load(Rows(500, 2)));

        double RSquared(DeepMlpOptions options) => _ml.Regression.Evaluate(_ml.Regression.Trainers.DeepMlp(options).Fit(train).Transform(test), "Value").RSquared;

        RSquared(s_options with { NeighborMeans = new() { Neighbors = 5 } }).Should().BeGreaterThan(0.7);
        RSquared(s_options).Should().BeLessThan(0.3, "the squares of a board are many");
    }

    [TestMethod]
    public void Fit_RowsSetAside_AreNoNeighbors()
    {
        // Rows come in pairs of one place and label, which is noise: who has its own pair for a neighbour knows it.
        var random = new Random(3);
        Row[] noise = [.. Enumerable.Range(0, 200).Select(_ => new Row { Features = [random.NextSingle(), random.NextSingle(), 0], Value = random.NextSingle() })];
        var data = Load([.. noise, .. noise]);

        var history = _ml.Regression.Trainers.DeepMlp(s_options with { NeighborMeans = new() { Neighbors = 1 }, EarlyStopping = new() { ValidationRows = ValidationRows.Last, ValidationFraction = 0.5f } }).Fit(data).History;
        var apart = _ml.Regression.Trainers.DeepMlp(s_options with { NeighborMeans = new() { Neighbors = 1 }, EarlyStopping = new() { ValidationRows = ValidationRows.Last, ValidationFraction = 0.5f } })
            .Fit(Load([.. noise, .. Rows(200, 9)])).History;

        history.Epochs[0].TrainingLoss.Should().Be(apart.Epochs[0].TrainingLoss, "what is set aside tells the training nothing");
    }

    [TestMethod]
    public void SaveAndLoad_ScoresAsBefore()
    {
        var data = Load(Rows(300, 1));
        var fitted = _ml.Regression.Trainers.DeepMlp(s_options with { NeighborMeans = new(), NumberOfEpochs = 3 }).Fit(data);
        using var file = new MemoryStream();
        _ml.Model.Save(fitted, data.Schema, file);
        file.Position = 0;

        var loaded = new MLContext().Model.Load(file, out _);

        Scores(loaded, data).Should().Equal(Scores(fitted, data));
    }

    [TestMethod]
    public void Fit_Ensemble_SelectsTheKindThatNeighborsHelp()
    {
        var options = s_options with { Ensemble = new() { Members = 2, Folds = false, SelectsKinds = true, AlternatesWith = [s_options with { LabelColumnName = "Label", Seed = null, Engine = null, NeighborMeans = new() { Neighbors = 5 } }] }, EarlyStopping = new(), RefitOnAllRows = true };

        var fitted = _ml.Regression.Trainers.DeepMlp(options).Fit(Load(Rows(2000, 1)));

        fitted.History.LeftOut.Should().ContainSingle();
        fitted.Model.Network.Layers[1].Should().BeOfType<NeighborMeansLayer>();
    }

    [TestMethod]
    public void Fit_ModelWithoutThem_IsRefused()
    {
        var data = Load(Rows(100, 1));
        var without = _ml.Regression.Trainers.DeepMlp(s_options with { NumberOfEpochs = 1 });
        var with = _ml.Regression.Trainers.DeepMlp(s_options with { NumberOfEpochs = 1, NeighborMeans = new() });

        ((Action)(() => with.Fit(data, without.Fit(data).Model))).Should().Throw<InvalidOperationException>().WithMessage("The options ask for NeighborMeans, and the model to start from has no means over neighbors: set it as it was, null.");
        ((Action)(() => without.Fit(data, with.Fit(data).Model))).Should().Throw<InvalidOperationException>().WithMessage("The options ask for no NeighborMeans, and the model to start from has means over neighbors: set it as it was, new().");
    }

    [TestMethod]
    public void Fit_ModelOfOneNumber_GoesOn()
    {
        var data = _ml.Transforms.Concatenate("Features", "Value").Fit(Load(Rows(100, 1))).Transform(Load(Rows(100, 1)));
        var trainer = _ml.Regression.Trainers.DeepMlp(s_options with { NumberOfEpochs = 1, NeighborMeans = new() });

        var model = trainer.Fit(data).Model;

        model.Network.Layers.Should().NotContain(layer => layer is NeighborMeansLayer);
        FluentActions.Invoking(() => trainer.Fit(data, model)).Should().NotThrow();
    }

    [TestMethod]
    public void Fit_ModelAndFewOtherRows_KeepsThoseThatItLooksUp()
    {
        var (train, test) = (Load(Rows(2000, 1)), Load(Rows(500, 2)));
        var options = s_options with { NeighborMeans = new() { Neighbors = 5 } };
        var first = _ml.Regression.Trainers.DeepMlp(options).Fit(train);

        var second = _ml.Regression.Trainers.DeepMlp(options with { Optimizer = new SgdOptions { LearningRate = 1e-9f }, NumberOfEpochs = 1, WeightAveraging = null }).Fit(Load(Rows(10, 3)), first.Model);

        double Error(ITransformer model) => _ml.Regression.Evaluate(model.Transform(test), "Value").RootMeanSquaredError;
        Error(second).Should().BeApproximately(Error(first), 0.05);
    }

    [TestMethod]
    public void Options_OutOfRangeOrWithRowMemory_AreRefused()
    {
        Action Of(DeepMlpOptions options) => () => _ml.Regression.Trainers.DeepMlp(options);

        Of(s_options with { NeighborMeans = new() { Neighbors = 0, MostMeans = 0, MostRows = 1 } }).Should().Throw<ArgumentException>()
            .WithMessage("*NeighborMeans.Neighbors must be at least 1, got 0*NeighborMeans.MostMeans must be at least 1, got 0*NeighborMeans.MostRows must be at least 2, got 1*");
        Of(s_options with { NeighborMeans = new(), RowMemory = new() { MaximumBytes = 1 << 28 } }).Should().Throw<ArgumentException>().WithMessage("*NeighborMeans looks training rows up in memory, and RowMemory reads them from a file: set either to null*");
    }

    private float[] Scores(ITransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float>("Score")];

    private IDataView Load(Row[] rows) => _ml.Data.LoadFromEnumerable(rows);

    // The squares of a board of 12 by 12.
    private static Row[] Rows(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float[] features = [random.NextSingle() * 12, random.NextSingle() * 12, random.NextSingle()];
            return new Row { Features = features, Value = ((int)features[0] * 7 + (int)features[1] * 5) % 6 };
        })];
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public float Value { get; set; }
    }
}
