using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>Networks for PyTorch: what we read back of them, what PyTorch computes, and what is refused.</summary>
[TestClass]
public sealed class SaveSafetensorsTests
{
    private static readonly DeepMlpOptions s_options = Trainer.Quick with { HiddenLayers = [9, 7], NumberOfEpochs = 3 };

    private static readonly Dictionary<string, (string Task, Func<DeepMlpOptions, DeepMlpOptions> Change)> s_cases = new()
    {
        ["plain"] = ("regression", o => o with { ClampScores = false }),
        ["limits"] = ("regression", o => o),
        ["linear"] = ("regression", o => o with { HiddenLayers = [] }),
        ["values"] = ("values", o => o with { ClampScores = false }),
        ["values with limits"] = ("values", o => o),
        ["label as it is"] = ("regression", o => o with { LabelTransform = LabelTransform.None }),
        ["binary"] = ("binary", o => o with { Normalization = Normalization.Batch, DropoutRate = 0.2f }),
        ["binary, calibrated"] = ("binary", o => o with { CalibrateProbabilities = true, EarlyStopping = new() { ValidationFraction = 0.4f } }),
        ["multiclass"] = ("multiclass", o => o with { Normalization = Normalization.Layer }),
        ["multiclass, calibrated"] = ("multiclass", o => o with { CalibrateProbabilities = true, EarlyStopping = new() { ValidationFraction = 0.4f } }),
        ["multilabel"] = ("multilabel", o => o),
        ["without factors"] = ("regression", o => o with { Normalization = new BatchNormalization { Affine = false, Epsilon = 1e-3f } }),
        ["normalized behind"] = ("regression", o => o with { Normalization = new LayerNormalization { Affine = false, Placement = NormalizationPlacement.AfterActivation } }),
        ["scaled"] = ("regression", o => o with { InputScaling = InputScaling.Standard }),
        ["factors on features"] = ("regression", o => o with { InputScaling = InputScaling.Standard, ScalesInputs = true, InputDropoutRate = 0.1f }),
        ["DropConnect"] = ("regression", o => o with { DropConnectRate = 0.2f }),
        ["identity"] = ("regression", o => o with { Activation = Activation.Identity }),
        ["sigmoid"] = ("regression", o => o with { Activation = Activation.Sigmoid }),
        ["tanh"] = ("regression", o => o with { Activation = Activation.Tanh }),
        ["leaky ReLU"] = ("regression", o => o with { Activation = new LeakyReluActivation(0.3f) }),
        ["ELU"] = ("regression", o => o with { Activation = new EluActivation(0.7f) }),
        ["SELU"] = ("regression", o => o with { Activation = Activation.Selu }),
        ["GELU"] = ("regression", o => o with { Activation = Activation.Gelu }),
        ["GELU by tanh"] = ("regression", o => o with { Activation = new GeluActivation(GeluForm.Tanh) }),
        ["SiLU"] = ("regression", o => o with { Activation = Activation.Silu }),
        ["Mish"] = ("regression", o => o with { Activation = Activation.Mish }),
        ["softplus"] = ("regression", o => o with { Activation = new SoftplusActivation(2.5f) }),
        ["PReLU"] = ("regression", o => o with { Activation = Activation.PRelu }),
        ["PReLU per unit"] = ("regression", o => o with { Activation = new PReluActivation(PerUnit: true) }),
    };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Cases => s_cases.Keys.Select(name => new object[] { name });

    private static float[][] Rows => [.. Examples.Rows(30, seed: 2).Select(row => row.Features), [2000, -1900, 50]];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void SaveSafetensors_ReadBack_GivesTheSameScores(string name)
    {
        using var folder = new TestFolder();
        string path = folder.File("network.safetensors");
        var fitted = Fit(name);

        fitted.Model.SaveSafetensors(path);

        var loaded = PyTorchFiles.Load(_ml, TaskOf(name), path);
        Compare(PyTorchFiles.ScoresOf(loaded.Model, Rows), PyTorchFiles.ScoresOf(fitted.Model, Rows), name);
        Directory.GetFiles(folder.FullName).Should().Equal([path], "nothing is left beside");
    }

    [TestMethod]
    public void SaveSafetensors_InPyTorch_GivesTheSameScoresAndComesBack()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("rows.json"), JsonSerializer.Serialize(Rows));
        var models = s_cases.Keys.ToDictionary(name => name, name => Fit(name).Model);
        foreach (var (name, model) in models)
            model.SaveSafetensors(folder.File(name + ".safetensors"));

        PythonWithTorch.Run(Script("score_sequentials.py"), Script("pytorch.md"), folder.FullName);

        var outputs = JsonSerializer.Deserialize<Dictionary<string, float[][]>>(File.ReadAllText(folder.File("outputs.json")))!;
        foreach (var (name, model) in models)
        {
            float[][] expected = PyTorchFiles.ScoresOf(model, Rows);
            float[][] got = outputs[name + ".safetensors"];
            Compare(TaskOf(name) == "multiclass" ? [.. got.Select(Softmax)] : got, expected, name);

            var back = PyTorchFiles.Load(_ml, TaskOf(name), folder.File(name + ".safetensors.back"));
            Compare(PyTorchFiles.ScoresOf(back.Model, Rows), expected, name + ", from PyTorch again");
        }
    }

    [TestMethod]
    public void SaveSafetensors_NamesAndMetadata_AreThoseOfPyTorch()
    {
        using var folder = new TestFolder();
        string path = folder.File("network.safetensors");
        Fit("binary").Model.SaveSafetensors(path);

        var header = PyTorchFiles.HeaderOf(path);

        header.EnumerateObject().Select(member => member.Name).Should().BeEquivalentTo("__metadata__", "0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked",
            "4.weight", "4.bias", "5.weight", "5.bias", "5.running_mean", "5.running_var", "5.num_batches_tracked", "8.weight", "8.bias");
        var metadata = header.GetProperty("__metadata__");
        metadata.GetProperty("torch.nn.Sequential").GetString().Should().Be(
            "[[\"Linear\",3,9],[\"BatchNorm1d\",9,1E-05,0.1,true],[\"ReLU\"],[\"Dropout\",0.2],[\"Linear\",9,7],[\"BatchNorm1d\",7,1E-05,0.1,true],[\"ReLU\"],[\"Dropout\",0.2],[\"Linear\",7,1]]");
        metadata.GetProperty("task").GetString().Should().Be("binary classification");
        metadata.GetProperty("classes").GetString().Should().Be("[\"False\",\"True\"]");
        metadata.GetProperty("format").GetString().Should().Be("pt");
        (BitConverter.ToInt64(File.ReadAllBytes(path)) % 8).Should().Be(0, "values lie where their type asks for");
    }

    [TestMethod]
    public void SaveSafetensors_ClassesAndNames_AreThereAgain()
    {
        using var folder = new TestFolder();
        var data = Examples.Load(_ml);
        var keys = _ml.MulticlassClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Class" }).Fit(data);
        var texts = _ml.MulticlassClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Name" }).Fit(data);
        var numbers = _ml.BinaryClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "ZeroOrOne" }).Fit(data);

        ShouldBeAlike(keys, Back(keys.Model, path => _ml.MulticlassClassification.LoadPyTorch(path)));
        ShouldBeAlike(texts, Back(texts.Model, path => _ml.MulticlassClassification.LoadPyTorch(path)));
        ShouldBeAlike(numbers, Back(numbers.Model, path => _ml.BinaryClassification.LoadPyTorch(path)));

        ITransformer Back(DeepMlpModelParameters model, Func<string, ITransformer> load)
        {
            model.SaveSafetensors(folder.File("network.safetensors"));
            return load(folder.File("network.safetensors"));
        }

        void ShouldBeAlike(ITransformer model, ITransformer loaded)
        {
            var (expected, got) = (model.Transform(data), loaded.Transform(data));
            SchemaTexts.Of(got.Schema).Should().Equal(SchemaTexts.Of(expected.Schema));
            string[] labels = PredictedOf(got);
            labels.Should().Equal(PredictedOf(expected));
            labels.Distinct().Count().Should().BeGreaterThan(1);
        }
    }

    [TestMethod]
    public void SaveSafetensors_FeaturesFarFromZero_KeepTheirDigits()
    {
        using var folder = new TestFolder();
        string path = folder.File("network.safetensors");
        // Years: of a product with each weight, and of a sum of such, little would be left.
        const float Far = 20_000;
        var data = Examples.Load(_ml, [.. Examples.Rows(60).Select(Shift)]);
        var model = _ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value", InputScaling = InputScaling.Standard }).Fit(data).Model;

        model.SaveSafetensors(path);

        float[][] rows = [.. Examples.Rows(30, seed: 2).Select(row => Shift(row).Features)];
        var loaded = _ml.Regression.LoadPyTorch(path);
        Compare(PyTorchFiles.ScoresOf(loaded.Model, rows), PyTorchFiles.ScoresOf(model, rows), "far from 0");

        static Example Shift(Example row)
        {
            row.Features = [.. row.Features.Select(feature => feature + Far)];
            return row;
        }
    }

    [TestMethod]
    public void SaveSafetensors_FileOfAnotherTask_IsRefused()
    {
        using var folder = new TestFolder();
        string path = folder.File("network.safetensors");
        Fit("binary").Model.SaveSafetensors(path);

        Action load = () => _ml.Regression.LoadPyTorch(path);

        load.Should().Throw<FormatException>().WithMessage("*it is of a model for binary classification: load it from the catalog of that task*");
    }

    [TestMethod]
    public void SaveSafetensors_PartWithoutAForm_IsNamedAndNothingIsWritten()
    {
        Refused(o => o with { InputScaling = InputScaling.Robust }, "Smooth clipping of features (InputScaling.Robust) has no form in a torch.nn.Sequential: train with InputScaling.Standard or null, *SaveOnnx*");
        Refused(o => o with { InputScaling = InputScaling.Quantile }, "Scaling by quantiles*");
        Refused(o => o with { NumberEmbedding = NumberEmbedding.ByFeatures }, "An embedding of numbers (PiecewiseLinearEmbedding)*NumberEmbedding = null*");
        Refused(o => o with { BatchEnsemble = new() { Members = 2 } }, "A network that is several at once (BatchEnsemble)*");
        Refused(o => o with { Ensemble = new() { Members = 2 } }, "The mean of several networks (Ensemble)*");
        Refused(o => o with { Activation = Activation.Maxout }, "Maxout has*");
        Refused(o => o with { Activation = new MixedActivation(Activation.Mish) }, "A mixture of MishActivation*");
        Refused(o => o with { NeighborMeans = new() }, "A mean over neighbors (NeighborMeans) has no form in a torch.nn.Sequential: train with NeighborMeans = null, *SaveOnnx*");
        Refused(o => o with { Activation = CustomActivation.Register("tests.torch", new Halved()) }, "The activation*tests.torch*has no form in a torch.nn.Sequential*");
        Refused(o => o with { LabelTransform = LabelTransform.LogOnePlus, LabelColumnName = "ZeroOrOne" }, "Scores that are exponentials*");
        Refused(o => o with { Loss = Loss.Poisson, LabelColumnName = "ZeroOrOne", LabelTransform = LabelTransform.None }, "Scores that are exponentials*");
        Refused(o => o with { Loss = new QuantileLoss([0.1f, 0.9f]) }, "Quantiles have no form*");

        void Refused(Func<DeepMlpOptions, DeepMlpOptions> change, string message)
        {
            using var folder = new TestFolder();
            var model = Trainer.Fit(LearningTask.Regression, options => change(options with { HiddenLayers = [9, 7] })).Model;

            Action save = () => model.SaveSafetensors(folder.File("network.safetensors"));

            save.Should().Throw<NotSupportedException>().WithMessage(message);
            Directory.GetFiles(folder.FullName).Should().BeEmpty();
        }
    }

    private static string[] PredictedOf(IDataView scored) => [.. scored.Schema["PredictedLabel"].Type.RawType switch
    {
        var type when type == typeof(uint) => scored.GetColumn<uint>("PredictedLabel").Select(value => $"{value}"),
        var type when type == typeof(float) => scored.GetColumn<float>("PredictedLabel").Select(value => $"{value}"),
        _ => scored.GetColumn<string>("PredictedLabel"),
    }];

    private Fitted Fit(string name)
    {
        var (task, change) = s_cases[name];
        var options = change(s_options with { LabelColumnName = task switch { "binary" => "Truth", "multiclass" => "Class", "regression" => "Value", _ => "Values" } });
        var data = Examples.Load(_ml, [.. Examples.Rows(60).Select(row => task == "multilabel" ? Labels(row) : row)]);
        return task switch
        {
            "binary" => Fitted.Of(_ml.BinaryClassification.Trainers.DeepMlp(options).Fit(data)),
            "multiclass" => Fitted.Of(_ml.MulticlassClassification.Trainers.DeepMlp(options).Fit(data)),
            "multilabel" => Fitted.Of(_ml.MultilabelClassification.Trainers.DeepMlp(options).Fit(data)),
            _ => Fitted.Of(_ml.Regression.Trainers.DeepMlp(options).Fit(data)),
        };

        static Example Labels(Example row)
        {
            row.Values = [row.Values[0] > 3 ? 1 : 0, row.Values[1] > 0 ? 1 : 0];
            return row;
        }
    }

    private static string TaskOf(string name) => s_cases[name].Task is "values" ? "regression" : s_cases[name].Task;

    private static void Compare(float[][] got, float[][] expected, string name)
    {
        for (int row = 0; row < expected.Length; row++)
        {
            got[row].Should().HaveCount(expected[row].Length, name);
            for (int i = 0; i < expected[row].Length; i++)
                got[row][i].Should().BeApproximately(expected[row][i], 1e-5f * MathF.Max(1, MathF.Abs(expected[row][i])), "{0}: score {1} of row {2}", name, i, row);
        }
    }

    internal static float[] Softmax(float[] logits) => [.. logits.Select(logit => (float)(Math.Exp(logit - logits.Max()) / logits.Sum(other => Math.Exp(other - logits.Max()))))];

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "PyTorch", name);

    private sealed record Halved : IActivationFunction
    {
        public void Evaluate(ReadOnlySpan<float> x, Span<float> values)
        {
            for (int i = 0; i < x.Length; i++)
                values[i] = x[i] / 2;
        }

        public void Differentiate(ReadOnlySpan<float> x, Span<float> derivatives) => derivatives.Fill(0.5f);
    }
}
