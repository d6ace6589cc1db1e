using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Trainers.Engine;

namespace MLExtensions.Trainers.Tests;

/// <summary>Several labels of a row, trained by both engines.</summary>
[TestClass]
public sealed class MultilabelParityTests
{
    [TestMethod]
    [DynamicData(nameof(Losses))]
    public void Fit_SeveralLabels_AgreesWithTheManagedEngine(object loss)
    {
        var expected = Fit((Loss)loss, new ManagedEngine { Threads = 1 });
        var actual = Fit((Loss)loss, new TorchSharpEngine(Device.Cpu));

        float[] weights = expected.Model.CopyWeights().Values;
        actual.Model.CopyWeights().Values.Zip(weights, (x, y) => Math.Abs(x - y)).Max().Should().BeLessThan(1e-4f);
        actual.History.Epochs[^1].ValidationLoss.Should().BeApproximately(expected.History.Epochs[^1].ValidationLoss!.Value, 1e-5);
        expected.History.Epochs[^1].ValidationLoss.Should().BeLessThan(expected.History.Epochs[0].ValidationLoss!.Value);
    }

    public static IEnumerable<object[]> Losses =>
        [[Loss.CrossEntropy], [new CrossEntropyLoss(LabelSmoothing: 0.1f)], [new FocalLoss(Gamma: 1.5f, Alpha: 0.4f)]];

    private static DeepMlpTransformer<DeepMlpMultilabelModelParameters> Fit(Loss loss, IMlpEngine engine)
    {
        var ml = new MLContext(seed: 1);
        var options = Trainer.Quick with
        {
            Activation = Activation.Tanh,
            NumberOfEpochs = 10,
            Optimizer = new SgdOptions { LearningRate = 0.2f },
            Loss = loss,
            Engine = engine,
            ExampleWeightColumnName = "Weight",
        };
        var rows = Examples.Rows(120).Select(row => new Row { Features = row.Features, Label = [row.Truth, row.Features[1] > row.Features[2]], Weight = row.Weight });
        return ml.MultilabelClassification.Trainers.DeepMlp(options).Fit(ml.Data.LoadFromEnumerable(rows));
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
