using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Onnx.Tests;

/// <summary>Networks as graphs: every layer, activation, scaling and task.</summary>
[TestClass]
public sealed class NetworkExportTests
{
    private static readonly DeepMlpOptions s_options = new()
    {
        HiddenLayers = [9, 7],
        InputScaling = null,
        NumberEmbedding = null,
        NumberOfEpochs = 3,
        Seed = 5,
        LabelColumnName = "Value",
        Engine = new ManagedEngine { Threads = 1 },
    };

    private static readonly Dictionary<string, Func<DeepMlpOptions, DeepMlpOptions>> s_cases = new()
    {
        ["defaults"] = o => new DeepMlpOptions { LabelColumnName = o.LabelColumnName, NumberOfEpochs = 3, Seed = 5 },
        ["linear"] = o => o with { HiddenLayers = [] },
        ["batch normalization"] = o => o with { Normalization = Normalization.Batch },
        ["batch normalization without factors"] = o => o with { Normalization = new BatchNormalization { Affine = false } },
        ["layer normalization"] = o => o with { Normalization = Normalization.Layer },
        ["layer normalization behind"] = o => o with { Normalization = new LayerNormalization { Affine = false, Placement = NormalizationPlacement.AfterActivation } },
        ["dropout"] = o => o with { DropoutRate = 0.3f, InputDropoutRate = 0.1f, DropConnectRate = 0.1f },
        ["factors on features"] = o => o with { ScalesInputs = true },
        ["identity"] = o => o with { Activation = Activation.Identity },
        ["sigmoid"] = o => o with { Activation = Activation.Sigmoid },
        ["tanh"] = o => o with { Activation = Activation.Tanh },
        ["leaky ReLU"] = o => o with { Activation = new LeakyReluActivation(0.3f) },
        ["ELU"] = o => o with { Activation = new EluActivation(0.7f) },
        ["SELU"] = o => o with { Activation = Activation.Selu },
        ["GELU"] = o => o with { Activation = Activation.Gelu },
        ["GELU by tanh"] = o => o with { Activation = new GeluActivation(GeluForm.Tanh) },
        ["SiLU"] = o => o with { Activation = Activation.Silu },
        ["Mish"] = o => o with { Activation = Activation.Mish },
        ["softplus"] = o => o with { Activation = new SoftplusActivation(2.5f) },
        ["PReLU"] = o => o with { Activation = Activation.PRelu },
        ["PReLU per unit"] = o => o with { Activation = new PReluActivation(PerUnit: true) },
        ["mixed"] = o => o with { Activation = new MixedActivation(Activation.Mish) },
        ["maxout"] = o => o with { Activation = new MaxoutActivation(3) },
        ["one by one"] = o => o with { Activations = [Activation.Tanh, Activation.Relu] },
        ["scaled"] = o => o with { InputScaling = InputScaling.Standard },
        ["scaled, robust"] = o => o with { InputScaling = InputScaling.Robust },
        ["scaled by quantiles"] = o => o with { InputScaling = InputScaling.Quantile },
        ["means over neighbors"] = o => o with { InputScaling = InputScaling.Robust, NeighborMeans = new() { Neighbors = 5 } },
        ["means over neighbors, embedded, unscaled"] = o => o with { NeighborMeans = new() { Neighbors = 500, MostRows = 30 }, NumberEmbedding = new LinearEmbedding { Dimension = 3 } },
        ["linear embedding"] = o => o with { InputScaling = InputScaling.Standard, NumberEmbedding = new LinearEmbedding { Dimension = 5 } },
        ["periodic embedding"] = o => o with { InputScaling = InputScaling.Standard, NumberEmbedding = new PeriodicEmbedding { Frequencies = 6, Dimension = 3, Deviation = 2 } },
        ["cosine embedding"] = o => o with { InputScaling = InputScaling.Standard, NumberEmbedding = new CosineEmbedding { Deviation = 3 } },
        ["piecewise-linear embedding"] = o => o with { NumberEmbedding = new PiecewiseLinearEmbedding { Bins = 9, Dimension = 5 } },
        ["piecewise-linear embedding, rectified, by the label"] = o => o with { NumberEmbedding = new PiecewiseLinearEmbedding { Bins = 5, Dimension = 20, Rectified = true, TargetAware = true } },
        ["several in one"] = o => o with { BatchEnsemble = new() { Members = 3 }, InputScaling = InputScaling.Robust },
        ["several in one, mini, embedded"] = o => o with { BatchEnsemble = new() { Members = 4, Mini = true }, Normalization = Normalization.Layer, InputScaling = InputScaling.Standard, NumberEmbedding = new LinearEmbedding { Dimension = 3 }, Activation = Activation.PRelu },
        ["ensemble"] = o => o with { Ensemble = new() { Members = 3 }, InputScaling = InputScaling.Robust },
        ["ensemble of two kinds"] = o => o with { InputScaling = InputScaling.Robust, Ensemble = new() { Members = 3, AlternatesWith = [new DeepMlpOptions { HiddenLayers = [5], NumberOfEpochs = 3, BatchEnsemble = new() { Members = 2 } }] } },
        ["ensemble of several in one"] = o => o with { Ensemble = new() { Members = 2 }, BatchEnsemble = new() { Members = 2 }, Activation = new MaxoutActivation(2) },
    };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Cases => s_cases.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void ConvertToOnnx_Network_GivesTheSameScores(string name)
    {
        var options = s_cases[name](s_options);
        var data = _ml.Data.LoadFromEnumerable(Row.Draw());
        // Rows of which the model has seen none, some far away.
        var others = Row.Draw(60, seed: 2);
        others[0].Features = [1e6f, -1e6f, 5, 1];
        var fresh = _ml.Data.LoadFromEnumerable(others);

        Exported.ShouldAgree(_ml, _ml.Regression.Trainers.DeepMlp(options).Fit(data), fresh, "Score");
        Exported.ShouldAgree(_ml, _ml.BinaryClassification.Trainers.DeepMlp(options with { LabelColumnName = "Truth" }).Fit(data), fresh, "Score", "Probability", "PredictedLabel");
        Exported.ShouldAgree(_ml, _ml.MulticlassClassification.Trainers.DeepMlp(options with { LabelColumnName = "Name" }).Fit(data), fresh, "Score", "PredictedLabel");
    }

    [TestMethod]
    [DataRow("Robust")]
    [DataRow("Standard")]
    [DataRow("Quantile")]
    public void ConvertToOnnx_MissingNumbers_AreTakenAsTheNetworkTakesThem(string scaling)
    {
        var options = s_options with { InputScaling = scaling switch { "Robust" => InputScaling.Robust, "Standard" => InputScaling.Standard, _ => InputScaling.Quantile }, NumberEmbedding = new PiecewiseLinearEmbedding { Bins = 4 } };
        var data = _ml.Data.LoadFromEnumerable(Row.Draw(missing: true));

        Exported.ShouldAgree(_ml, _ml.Regression.Trainers.DeepMlp(options).Fit(data), data, "Score");
    }

    [TestMethod]
    [DataRow("Truth")]
    [DataRow("Whole")]
    [DataRow("Name")]
    [DataRow("Key")]
    public void ConvertToOnnx_Labels_AreOfTheirOwnType(string label)
    {
        var rows = Row.Draw();
        var data = _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Fit(_ml.Data.LoadFromEnumerable(rows)).Transform(_ml.Data.LoadFromEnumerable(rows));

        Exported.ShouldAgree(_ml, _ml.MulticlassClassification.Trainers.DeepMlp(s_options with { LabelColumnName = label }).Fit(data), data, "Score", "PredictedLabel");
    }

    [TestMethod]
    public void ConvertToOnnx_OtherTasks_GiveTheSame()
    {
        var data = _ml.Data.LoadFromEnumerable(Row.Draw());

        Exported.ShouldAgree(_ml, _ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Values" }).Fit(data), data, "Score");
        Exported.ShouldAgree(_ml, _ml.MultilabelClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Many", CalibrateProbabilities = true }).Fit(data), data, "Score", "Probability", "PredictedLabel");
        Exported.ShouldAgree(_ml, _ml.Regression.Trainers.DeepMlp(s_options with { Loss = new QuantileLoss(0.1f, 0.5f, 0.9f), NumberOfEpochs = 1 }).Fit(data), data, "Score");
    }

    [TestMethod]
    [DataRow(LabelTransform.None, true)]
    [DataRow(LabelTransform.Log, true)]
    [DataRow(LabelTransform.LogOnePlus, false)]
    [DataRow(LabelTransform.Standardize, false)]
    public void ConvertToOnnx_LabelTransforms_AreUndone(LabelTransform transform, bool clamp)
    {
        var data = _ml.Data.LoadFromEnumerable(Row.Draw());

        Exported.ShouldAgree(_ml, _ml.Regression.Trainers.DeepMlp(s_options with { LabelTransform = transform, ClampScores = clamp, InputScaling = InputScaling.Standard }).Fit(data), data, "Score");
    }

    [TestMethod]
    public void ConvertToOnnx_LogLinkAndCalibration_AreWritten()
    {
        var data = _ml.Data.LoadFromEnumerable(Row.Draw());

        Exported.ShouldAgree(_ml, _ml.Regression.Trainers.DeepMlp(s_options with { Loss = Loss.Poisson, InputScaling = InputScaling.Standard }).Fit(data), data, "Score");
        Exported.ShouldAgree(_ml, _ml.BinaryClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Truth", CalibrateProbabilities = true }).Fit(data), data, "Score", "Probability");
        Exported.ShouldAgree(_ml, _ml.MulticlassClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Name", CalibrateProbabilities = true }).Fit(data), data, "Score");
    }

    [TestMethod]
    public void ConvertToOnnx_PartWithoutAForm_IsNamed()
    {
        var data = _ml.Data.LoadFromEnumerable(Row.Draw());
        ShouldRefuse(_ml.Regression.Trainers.DeepMlp(s_options with { PredictionInterval = new() { Coverage = 0.7 } }).Fit(data), "*, which makes 'Score', 'ScoreLower', 'ScoreUpper', *cannot be exported to ONNX: column 'ScoreLower' has no form in ONNX. Export*");
        ShouldRefuse(_ml.Regression.Trainers.DeepMlp(s_options with { Ensemble = new() { Members = 2 }, ScoreStandardDeviation = new() }).Fit(data), "*column 'ScoreStandardDeviation' has no form in ONNX*");

        void ShouldRefuse(ITransformer model, string message)
        {
            using var stream = new MemoryStream();
            Action convert = () => _ml.Model.ConvertToOnnx(model, data, stream);
            convert.Should().Throw<NotSupportedException>().WithMessage(message);
        }
    }

    [TestMethod]
    public void SaveOnnx_NetworkAlone_GivesTheSameScores()
    {
        using var folder = new TestSupport.TestFolder();
        string path = folder.File("network.onnx");
        var data = _ml.Data.LoadFromEnumerable(Row.Draw());
        var model = _ml.MulticlassClassification.Trainers.DeepMlp(s_cases["defaults"](s_options) with { LabelColumnName = "Name" }).Fit(data);

        model.Model.SaveOnnx(path);

        using var session = new InferenceSession(path);
        float[] features = [.. Row.Draw().SelectMany(row => row.Features)];
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("features", new DenseTensor<float>(features, [120, 4]))]);
        Exported.Compare(model.Transform(data), "Score", results.Single(result => result.Name == "scores"));
        Directory.GetFiles(folder.FullName).Should().Equal([path], "nothing is left beside");
    }

    [TestMethod]
    public void ApplyOnnxModel_OfAnExportedNetwork_GivesTheSameScores()
    {
        using var folder = new TestSupport.TestFolder();
        string path = folder.File("network.onnx");
        var data = _ml.Data.LoadFromEnumerable(Row.Draw());
        var model = _ml.Regression.Trainers.DeepMlp(s_cases["defaults"](s_options)).Fit(data);
        model.Model.SaveOnnx(path);

        var applied = _ml.Transforms.CopyColumns("features", "Features").Append(_ml.Transforms.ApplyOnnxModel("scores", "features", path)).Fit(data).Transform(data);

        float[] scores = [.. applied.GetColumn<float[]>("scores").Select(row => row[0])];
        scores.Should().Equal(model.Transform(data).GetColumn<float>("Score"), (x, y) => Math.Abs(x - y) <= 1e-5f * Math.Abs(y));
    }

    [TestMethod]
    public void ConvertToOnnx_OlderOperatorSet_IsRefused()
    {
        var data = _ml.Data.LoadFromEnumerable(Row.Draw());
        var model = _ml.Regression.Trainers.DeepMlp(s_options).Fit(data);
        using var stream = new MemoryStream();

        Action convert = () => _ml.Model.ConvertToOnnx(model, data, 9, stream);

        convert.Should().Throw<Exception>().WithMessage("*12*");
    }
}
