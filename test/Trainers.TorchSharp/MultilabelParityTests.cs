using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Several labels of a row, trained by both engines.</summary>
[TestClass]
public sealed class MultilabelParityTests
{
    private static readonly DeepMlpOptions s_options = Trainer.Quick with
    {
        Activation = Activation.Tanh,
        NumberOfEpochs = 10,
        Optimizer = new SgdOptions { LearningRate = 0.2f },
        ExampleWeightColumnName = "Weight",
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DynamicData(nameof(Changes))]
    public void Fit_SeveralLabels_AgreesWithTheManagedEngine(string name, object change)
    {
        var options = ((Func<DeepMlpOptions, DeepMlpOptions>)change)(s_options);

        var expected = Fit(options with { Engine = new ManagedEngine { Threads = 1 } });
        var actual = Fit(options with { Engine = new TorchSharpEngine(Device.Cpu) });

        float[] weights = expected.Model.CopyWeights().Values;
        actual.Model.CopyWeights().Values.Zip(weights, (x, y) => Math.Abs(x - y)).Max().Should().BeLessThan(1e-4f, name);
        actual.History.Epochs[^1].ValidationLoss.Should().BeApproximately(expected.History.Epochs[^1].ValidationLoss!.Value, 1e-5);
        expected.History.Epochs[^1].ValidationLoss.Should().BeLessThan(expected.History.Epochs[0].ValidationLoss!.Value);
    }

    public static IEnumerable<object[]> Changes =>
    [
        Change("cross-entropy", options => options),
        Change("smoothing", options => options with { Loss = new CrossEntropyLoss(LabelSmoothing: 0.1f) }),
        Change("focal", options => options with { Loss = new FocalLoss(Gamma: 1.5f, Alpha: 0.4f) }),
        Change("class weights", options => options with { ClassWeights = [3, 0.5f] }),
        Change("class weights, focal", options => options with { ClassWeights = [0, 2], Loss = Loss.Focal }),
        Change("balanced", options => options with { BalanceClasses = true }),
    ];

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Fit_MissingLabels_AgreesWithTheManagedEngine(bool weighs)
    {
        var data = _ml.Data.LoadFromEnumerable(Rows(120).Select((row, index) => new Partly
        {
            Features = row.Features,
            Label = [row.Label[0] ? 1 : 0, index % 3 == 0 ? float.NaN : row.Label[1] ? 1 : 0],
            Weight = row.Weight,
        }));
        var options = s_options with { MissingLabels = MissingLabels.Mask, BalanceClasses = weighs, ExampleWeightColumnName = weighs ? "Weight" : null };
        DeepMlpTransformer<DeepMlpMultilabelModelParameters> Fit(IMlpEngine engine) => _ml.MultilabelClassification.Trainers.DeepMlp(options with { Engine = engine }).Fit(data);

        var expected = Fit(new ManagedEngine { Threads = 1 });
        var actual = Fit(new TorchSharpEngine(Device.Cpu));

        actual.Model.CopyWeights().Values.Zip(expected.Model.CopyWeights().Values, (x, y) => Math.Abs(x - y)).Max().Should().BeLessThan(1e-4f);
        actual.History.Epochs[^1].TrainingLoss.Should().BeApproximately(expected.History.Epochs[^1].TrainingLoss, 1e-5);
        actual.History.Epochs[^1].ValidationLoss.Should().BeApproximately(expected.History.Epochs[^1].ValidationLoss!.Value, 1e-5);
    }

    [TestMethod]
    public void Fit_NetworkOfOnesOwn_LearnsAndIsSavedAndLoaded()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows(300));
        var options = Networks.OptionsFor(LearningTask.Binary, Networks.Residual) with
        {
            LabelColumnName = "Label",
            NumberOfEpochs = 60,
            Optimizer = new AdamOptions { LearningRate = 0.01f },
        };

        var transformer = _ml.MultilabelClassification.Trainers.DeepMlp(options).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(transformer, data.Schema, stream);
        var loaded = new MLContext().RegisterTorchSharpNetwork(Networks.Residual).Model.Load(stream, out _);

        _ml.MultilabelClassification.Evaluate(transformer.Transform(data)).MicroF1.Should().BeGreaterThan(0.93);
        Scores(loaded).Should().Equal(Scores(transformer));

        float[] Scores(ITransformer model) => [.. model.Transform(data).GetColumn<float[]>("Score").SelectMany(scores => scores)];
    }

    private static object[] Change(string name, Func<DeepMlpOptions, DeepMlpOptions> change) => [name, change];

    private DeepMlpTransformer<DeepMlpMultilabelModelParameters> Fit(DeepMlpOptions options) =>
        _ml.MultilabelClassification.Trainers.DeepMlp(options).Fit(_ml.Data.LoadFromEnumerable(Rows(120)));

    private static IEnumerable<Row> Rows(int count) => Examples.Rows(count).Select(row => new Row
    {
        Features = row.Features,
        Label = [row.Truth, row.Features[1] > row.Features[2]],
        Weight = row.Weight,
    });

    private sealed class Partly
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [VectorType(2)]
        public float[] Label { get; set; } = [];

        public float Weight { get; set; }
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [VectorType(2)]
        public bool[] Label { get; set; } = [];

        public float Weight { get; set; }
    }
}
