using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>A model is the same thing whatever trained it.</summary>
[TestClass]
public sealed class SavedModelTests
{
    private static readonly DeepMlpOptions s_options = Trainer.Quick with
    {
        HiddenLayers = [8, 6],
        Activation = new LeakyReluActivation(0.2f),
        Normalization = Normalization.Batch,
        DropoutRate = 0.2f,
        InputDropoutRate = 0.1f,
        Engine = null,
    };

    private readonly MLContext _ml = new MLContext(seed: 1).UseTorchSharp(Device.Cpu);

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Load_InAProcessWithoutTorchSharp_ScoresTheSame(LearningTask task)
    {
        var rows = Examples.Rows(30);
        var data = _ml.Data.LoadFromEnumerable(rows.Select(row => new FileRow { Features = row.Features, Name = row.Name, Truth = row.Truth, Value = row.Value }));
        var options = s_options with { LabelColumnName = task switch { LearningTask.Binary => "Truth", LearningTask.Multiclass => "Key", _ => "Value" } };
        var model = _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Append(Trainer.Of(task, _ml, options)).Fit(data);

        OtherProcess.ShouldScoreTheSame(model, data.Schema, rows.Select(row => string.Create(CultureInfo.InvariantCulture,
            $"{row.Features[0]},{row.Features[1]},{row.Features[2]},{row.Name},{(row.Truth ? 1 : 0)},{row.Value}")));
    }

    [TestMethod]
    public void Transform_AnyRows_MakesNoTensor()
    {
        var fitted = Trainer.Fit(LearningTask.Multiclass, _ml, s_options with { LabelColumnName = "Class" }, Examples.Load(_ml));
        long before = LiveTensors.CountWithoutGarbage();

        string[] texts = RowTexts.Of(fitted.Transformer.Transform(Examples.Load(_ml)), "Score");

        texts.Should().HaveCount(60);
        LiveTensors.Count.Should().Be(before);
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Trainer_OnTorchSharp_Conforms(LearningTask task)
    {
        var options = s_options with { LabelColumnName = Trainer.LabelOf(task), NumberOfEpochs = 2, Engine = new TorchSharpEngine(Device.Cpu) };

        new EstimatorConformance<ITransformer>(ml => Trainer.Of(task, ml, options), ml => Examples.Load(ml, 40), "Features").CheckAll();
    }

    private sealed class FileRow
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public string Name { get; set; } = "";

        public bool Truth { get; set; }

        public float Value { get; set; }
    }
}
