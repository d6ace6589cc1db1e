using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Options that describe a network that is there.</summary>
[TestClass]
public sealed class WithNetworkOfTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Described =>
    [
        [Trainer.Quick],
        [Trainer.Quick with { HiddenLayers = [] }],
        [Trainer.Quick with { HiddenLayers = [7, 5], Activations = [Activation.Tanh, new EluActivation(0.5f)], DropoutRates = [0.1f, 0], InputDropoutRate = 0.2f }],
        [Trainer.Quick with { HiddenLayers = [7, 5], Normalization = new BatchNormalization { Momentum = 0.3f, Epsilon = 1e-4f, Affine = false } }],
        [Trainer.Quick with { HiddenLayers = [7, 5], Normalization = new LayerNormalization { Placement = NormalizationPlacement.AfterActivation } }],
        [Trainer.Quick with { HiddenLayers = [7], Activation = new MaxoutActivation(3), ScalesInputs = true, DropConnectRate = 0.1f }],
        [Trainer.Quick with { HiddenLayers = [7, 6], Activations = [new PReluActivation(PerUnit: true), new MixedActivation(Activation.Selu)] }],
        [Trainer.Quick with { LabelTransform = LabelTransform.None, ClampScores = false }],
    ];

    [TestMethod]
    [DynamicData(nameof(Described))]
    public void WithNetworkOf_TrainedModel_DescribesTheSameNetwork(DeepMlpOptions options)
    {
        var data = Examples.Load(_ml);
        var first = _ml.Regression.Trainers.DeepMlp(options with { LabelColumnName = "Value" }).Fit(data);

        var found = new DeepMlpOptions { LabelColumnName = "Value", NumberOfEpochs = 1, WeightAveraging = null, Seed = 3 }.WithNetworkOf(first.Model);

        var second = _ml.Regression.Trainers.DeepMlp(found).Fit(data, first.Model);
        second.Model.Network.Layers.Should().Equal(first.Model.Network.Layers);
        (found.LabelTransform, found.ClampScores).Should().Be((first.Model.LabelTransform, options.ClampScores));
    }

    [TestMethod]
    public void WithNetworkOf_NetworkFromPyTorch_IsTrainedOnFromItsWeights()
    {
        var rows = PyTorchFiles.Rows.Select((features, row) => new Row { Features = features, Label = row % 2 }).ToArray();
        var data = _ml.Data.LoadFromEnumerable(rows);
        var imported = _ml.Regression.LoadPyTorch(PyTorchFiles.PathOf("sigmoid-tanh.safetensors"));
        var options = new DeepMlpOptions { WeightAveraging = null, EarlyStopping = null, Seed = 1 }.WithNetworkOf(imported.Model);

        var still = _ml.Regression.Trainers.DeepMlp(options with { NumberOfEpochs = 1, Optimizer = new SgdOptions { LearningRate = 1e-12f } }).Fit(data, imported.Model);
        var trained = _ml.Regression.Trainers.DeepMlp(options with { NumberOfEpochs = 200, Optimizer = new AdamOptions { LearningRate = 0.01f } }).Fit(data, imported.Model);

        PyTorchFiles.ScoresOf(still.Model, PyTorchFiles.Rows).SelectMany(scores => scores).Should().Equal(PyTorchFiles.OutputsOf("sigmoid-tanh").SelectMany(outputs => outputs), (x, y) => Math.Abs(x - y) < 1e-5);
        ErrorOf(trained).Should().BeLessThan(ErrorOf(imported) / 10);

        double ErrorOf(DeepMlpTransformer<DeepMlpRegressionModelParameters> model) => _ml.Regression.Evaluate(model.Transform(data)).MeanSquaredError;
    }

    [TestMethod]
    public void WithNetworkOf_TwoLinearLayersInARow_AreTrainedOn()
    {
        // The activation has no tensors, and its place is that of another module.
        var imported = _ml.Regression.LoadPyTorch(PyTorchFiles.PathOf("relu.safetensors"), new PyTorchOptions { Sequential = "nn.Sequential(nn.Linear(4, 8), nn.Flatten(), nn.Linear(8, 1))" });
        var data = _ml.Data.LoadFromEnumerable(PyTorchFiles.Rows.Select(features => new Row { Features = features, Label = features[0] }));

        var options = new DeepMlpOptions { NumberOfEpochs = 2, EarlyStopping = null }.WithNetworkOf(imported.Model);

        options.Activations.Should().Equal(Activation.Identity);
        _ml.Regression.Trainers.DeepMlp(options).Fit(data, imported.Model).Model.FeatureCount.Should().Be(4);
    }

    [TestMethod]
    [DataRow("batch-norm-plain", "Options cannot describe layer 0 of the network, BatchNormalizationLayer*")]
    [DataRow("layer-norm", "Options normalize all hidden layers or none, and alike: hidden layer 1 has LayerNormalization*Affine = False*")]
    public void WithNetworkOf_NetworkThatOptionsCannotDescribe_IsRefused(string name, string message)
    {
        var model = PyTorchFiles.Load(_ml, PyTorchFiles.TaskOf(name), PyTorchFiles.PathOf(name + ".safetensors")).Model;

        Action describe = () => new DeepMlpOptions().WithNetworkOf(model);

        describe.Should().Throw<ArgumentException>().WithMessage(message);
    }

    private sealed class Row
    {
        [Microsoft.ML.Data.VectorType(4)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
