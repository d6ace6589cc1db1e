using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>Networks from PyTorch: the scores that PyTorch gave, and what is refused.</summary>
[TestClass]
public sealed class LoadPyTorchTests
{
    private const string Reference = "relu.safetensors";

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Cases => PyTorchFiles.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void LoadPyTorch_StoredNetwork_ScoresAsPyTorchDoes(string name)
    {
        var options = name == "wrapped"
            ? new PyTorchOptions { Prefix = "net.", Sequential = "nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))" }
            : null;

        var fitted = PyTorchFiles.Load(_ml, PyTorchFiles.TaskOf(name), PyTorchFiles.PathOf(name + ".safetensors"), options);

        float[][] scores = PyTorchFiles.ScoresOf(fitted.Model, PyTorchFiles.Rows), outputs = PyTorchFiles.OutputsOf(name);
        for (int row = 0; row < outputs.Length; row++)
        {
            float[] got = AsOutputs(name, scores[row]);
            for (int i = 0; i < got.Length; i++)
                got[i].Should().BeApproximately(AsScored(name, outputs[row])[i], 2e-6f * MathF.Max(1, MathF.Abs(got[i])), "output {0} of row {1}", i, row);
        }
    }

    // Scores as the network of the file gives them.
    private static float[] AsOutputs(string name, float[] scores) => name is "sigmoid-end" or "labels" or "two-logits" or "two-softmax" ? [.. scores.Select(DeepMlpBinaryModelParameters.ProbabilityOf)] : scores;

    private static float[] AsScored(string name, float[] outputs) => name switch
    {
        "layer-norm" => Softmax(outputs),
        "two-logits" or "two-softmax" => [Softmax(outputs)[1]],
        _ => outputs,
    };

    private static float[] Softmax(float[] logits) => [.. logits.Select(logit => (float)(Math.Exp(logit) / logits.Sum(other => Math.Exp(other))))];

    [TestMethod]
    public void LoadPyTorch_Model_IsSavedAndLoadedAsAnyOther()
    {
        using var folder = new TestFolder();
        var model = _ml.MulticlassClassification.LoadPyTorch(PyTorchFiles.PathOf("softmax-end.safetensors"), new PyTorchOptions { ClassNames = ["a", "b", "c"], FeatureNames = ["one", "two", "three", "four"] });
        var rows = _ml.Data.LoadFromEnumerable(PyTorchFiles.Rows.Select(features => new Features4 { Features = features }));

        _ml.Model.Save(model, rows.Schema, folder.File("model.zip"));
        var loaded = _ml.Model.Load(folder.File("model.zip"), out _);

        var (expected, got) = (model.Transform(rows), loaded.Transform(rows));
        got.GetColumn<float[]>("Score").SelectMany(scores => scores).Should().Equal(expected.GetColumn<float[]>("Score").SelectMany(scores => scores));
        got.GetColumn<string>("PredictedLabel").Should().Equal(PyTorchFiles.OutputsOf("softmax-end").Select(outputs => "abc"[Array.IndexOf(outputs, outputs.Max())].ToString()));
        model.Model.FeatureNames.Should().Equal("one", "two", "three", "four");
        model.History.ToString().Should().NotBeEmpty();
        loaded.NetworkSummary().Should().Contain("linear");
    }

    [TestMethod]
    public void LoadPyTorch_LabelStatistics_AreUndoneInScores()
    {
        var plain = _ml.Regression.LoadPyTorch(PyTorchFiles.PathOf("nested.safetensors"));

        var model = _ml.Regression.LoadPyTorch(PyTorchFiles.PathOf("nested.safetensors"), new PyTorchOptions { LabelMeans = [100, -5], LabelStandardDeviations = [10] });

        float[] raw = PyTorchFiles.ScoresOf(plain.Model, PyTorchFiles.Rows)[0];
        PyTorchFiles.ScoresOf(model.Model, PyTorchFiles.Rows)[0].Should().Equal([100 + 10 * raw[0], -5 + 10 * raw[1]], (x, y) => Math.Abs(x - y) < 1e-4);
        model.Model.IsVector.Should().BeTrue("there are several outputs");
    }

    [TestMethod]
    public void LoadPyTorch_ColumnNames_AreThoseOfTheOptions()
    {
        var model = _ml.Regression.LoadPyTorch(PyTorchFiles.PathOf(Reference), new PyTorchOptions { FeatureColumnName = "Inputs", LabelColumnName = "Price" });
        var rows = _ml.Data.LoadFromEnumerable(PyTorchFiles.Rows.Select(features => new { Inputs = features, Price = 1.0 }), SchemaOf("Inputs"));

        var scored = model.Transform(rows);

        scored.Schema["Price"].Type.Should().Be(NumberDataViewType.Single, "a label that evaluators do not take is made one");
        scored.GetColumn<float>("Score").Should().HaveCount(PyTorchFiles.Rows.Length);
    }

    private static SchemaDefinition SchemaOf(string features)
    {
        var schema = SchemaDefinition.Create(new { Inputs = Array.Empty<float>(), Price = 1.0 }.GetType());
        schema[features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 4);
        return schema;
    }

    [TestMethod]
    public void LoadPyTorch_AlphaDropout_IsLeftOutWithAWarning()
    {
        var warnings = Warnings.Of(_ml);
        string text = "Sequential((0): Linear(4, 8)\n (1): AlphaDropout(p=0.1)\n)";
        using var folder = new TestFolder();
        string path = folder.File("linear.safetensors");
        File.WriteAllBytes(path, PyTorchFiles.WithHeader(PyTorchFiles.PathOf("linear.safetensors"), header => header));

        var model = _ml.Regression.LoadPyTorch(path, new PyTorchOptions { Sequential = text.Replace("4, 8", "4, 1", StringComparison.Ordinal) });

        warnings.Should().ContainSingle().Which.Should().Contain("AlphaDropout(p=0.1) does nothing in scoring");
        model.Model.Network.Layers.Should().Equal(new LinearLayer(4, 1));
    }

    [TestMethod]
    [DataRow("nn.Sequential(nn.Linear(4, 8), nn.ReLU6(), nn.Linear(8, 1))", "*no layer is as module 1, ReLU6(): known are Linear, BatchNorm1d,*")]
    [DataRow("nn.Sequential(nn.Linear(4, 9), nn.ReLU(), nn.Linear(9, 1))", "*tensor '0.weight' of module 0, Linear(4, 9) is of shape [8, 4], expected [9, 4]*")]
    [DataRow("nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.ReLU(), nn.Linear(8, 1))", "*tensor '3.weight' of module 3, Linear(8, 1) is missing: there are '2.weight', '2.bias'*")]
    [DataRow("nn.Sequential(nn.Linear(4, 8))", "*has no place for 2 tensors of the file: '2.weight', '2.bias'. Give the text of the whole model*")]
    [DataRow("nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8), nn.Linear(8, 1))", "*tensor '1.weight' of module 1, LayerNorm(8) is missing*")]
    [DataRow("nn.Sequential(nn.Linear(4, 8, False), nn.ReLU(), nn.Linear(8, 1))", "*no place for 1 tensor of the file: '0.bias'*")]
    [DataRow("nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(7, 1))", "*Linear(7, 1)*expected [1, 7]*")]
    [DataRow("nn.Sequential(nn.Linear(4, 8), nn.Softplus(1, 5), nn.Linear(8, 1))", "*Softplus(1, 5) is the identity above its threshold*")]
    [DataRow("nn.Sequential(nn.Linear(4, 8), nn.CELU(2), nn.Linear(8, 1))", "*CELU(2) is known with alpha=1 alone*")]
    [DataRow("nn.Sequential(nn.Linear(4, 8), nn.GELU('fast'), nn.Linear(8, 1))", "*approximation 'fast' of module 1, GELU('fast') is unknown*")]
    [DataRow("nn.Sequential(nn.Linear(4, 8), nn.ELU(-1), nn.Linear(8, 1))", "*Alpha must be positive and finite, got -1*")]
    [DataRow("nn.Sequential(nn.Linear(4, 8), nn.Dropout(2), nn.Linear(8, 1))", "*rate of module 1, Dropout(2) is not between 0 and 1*")]
    [DataRow("nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8, track_running_stats=False), nn.Linear(8, 1))", "*has no running statistics*")]
    [DataRow("nn.Sequential(nn.Linear(4, 8), nn.Flatten(0), nn.Linear(8, 1))", "*Flatten(0) changes the shape of rows*")]
    [DataRow("nn.Sequential(nn.Linear(4, 8), nn.Hardtanh(), nn.Linear(8, 1))", "*no layer is as Hardtanh amid others*")]
    [DataRow("nn.Sequential(nn.Linear('4', 8), nn.ReLU(), nn.Linear(8, 1))", "*in_features of Linear('4', 8) must be one whole number above 0, got '4'*")]
    [DataRow("nn.Sequential(nn.ReLU())", "*none of its modules has weights*")]
    [DataRow("Net((net): Sequential((0): Linear(4, 8)))", "*Net is no nn.Sequential, and what its forward does only its code knows: *as print(model.net), and its name with a dot as Prefix (\"net.\")*")]
    [DataRow("nn.Sequential(nn.Linear(4, 8), nn.ReLU(, nn.Linear(8, 1))", "*has ', nn.Linear(8, 1))' in line 1, expected a number, a text, True, False or None: *print(model)*")]
    [DataRow("hello", "*has its end in line 1, expected '('*print(model)*")]
    [DataRow("[[\"Linear\", 4, 8], \"ReLU\"]", "*no JSON as*")]
    public void LoadPyTorch_ModulesThatDoNotFit_AreNamed(string sequential, string message)
    {
        Action load = () => _ml.Regression.LoadPyTorch(PyTorchFiles.PathOf(Reference), new PyTorchOptions { Sequential = sequential });

        load.Should().Throw<FormatException>().WithMessage(message).WithMessage("Cannot load *relu.safetensors' as a network for regression: *");
    }

    [TestMethod]
    [DataRow("\"F32\"", "\"I32\"", "*tensor '0.weight' of module 0, *is of type I32, expected F32, F64, F16 or BF16*")]
    [DataRow("[8, 4]", "[8, 5]", "*tensor '0.weight' of shape [8, 5] does not fit its 128 bytes*")]
    [DataRow("[0, 128]", "[0, 12800]", "*tensor '0.weight' ends at byte 12800 of*cut off or damaged*")]
    [DataRow("[8, 4]", "[8, -4]", "*header is no JSON of the safetensors format*")]
    [DataRow("\"dtype\"", "\"type\"", "*header is no JSON of the safetensors format*")]
    [DataRow("torch.nn.Sequential", "other", "*it does not tell its modules: set Sequential to what print(model) shows*")]
    public void LoadPyTorch_DamagedHeader_IsRefused(string old, string damaged, string message)
    {
        using var folder = new TestFolder();
        string path = folder.File("damaged.safetensors");
        File.WriteAllBytes(path, PyTorchFiles.WithHeader(PyTorchFiles.PathOf(Reference), header => header.Replace(old, damaged, StringComparison.Ordinal)));

        Action load = () => _ml.Regression.LoadPyTorch(path);

        load.Should().Throw<FormatException>().WithMessage(message);
    }

    [TestMethod]
    public void LoadPyTorch_FileCutOffAnywhere_IsRefused()
    {
        using var folder = new TestFolder();
        string path = folder.File("cut.safetensors");
        byte[] whole = File.ReadAllBytes(PyTorchFiles.PathOf(Reference));
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);

            Action load = () => _ml.Regression.LoadPyTorch(path);

            load.Should().Throw<FormatException>("only {0} of {1} bytes are there", length, whole.Length);
        }
    }

    [TestMethod]
    [DataRow("nested.safetensors")]
    [DataRow("layer-norm.safetensors")]
    public void LoadPyTorch_AnyByteOfTheHeaderChanged_IsLoadedOrRefusedAsAFormat(string name)
    {
        using var folder = new TestFolder();
        string path = folder.File("changed.safetensors");
        byte[] whole = File.ReadAllBytes(PyTorchFiles.PathOf(name));
        int header = BitConverter.ToInt32(whole), refused = 0;
        for (int at = 0; at < 8 + header; at++)
        {
            foreach (byte value in "\0\"0-9({,"u8)
            {
                byte[] changed = [.. whole];
                changed[at] = value;
                File.WriteAllBytes(path, changed);
                try
                {
                    PyTorchFiles.Load(_ml, PyTorchFiles.TaskOf(Path.GetFileNameWithoutExtension(name)), path);
                }
                catch (FormatException)
                {
                    refused++;
                }
            }
        }
        refused.Should().BeGreaterThan(header, "most of the header counts");
    }

    [TestMethod]
    public void LoadPyTorch_NamesWithAPrefix_AreSuggested()
    {
        Action load = () => _ml.Regression.LoadPyTorch(PyTorchFiles.PathOf("wrapped.safetensors"), new PyTorchOptions { Sequential = "nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))" });

        load.Should().Throw<FormatException>().WithMessage("*there are 'scale', 'net.0.weight', *. With Prefix \"net.\" it would be 'net.0.weight'.");
    }

    [TestMethod]
    public void LoadPyTorch_NumberThatIsNotFinite_IsRefused()
    {
        using var folder = new TestFolder();
        string path = folder.File("nan.safetensors");
        byte[] file = File.ReadAllBytes(PyTorchFiles.PathOf(Reference));
        BitConverter.TryWriteBytes(file.AsSpan(file.Length - 4), float.NaN);
        File.WriteAllBytes(path, file);

        Action load = () => _ml.Regression.LoadPyTorch(path);

        load.Should().Throw<FormatException>().WithMessage("*value 0 of tensor '2.bias' is NaN, expected a finite number*");
    }

    [TestMethod]
    public void LoadPyTorch_FileOfTorchSave_IsRefusedWithTheWayOut()
    {
        using var folder = new TestFolder();
        string path = folder.File("model.pt");
        File.WriteAllBytes(path, [.. "PK"u8, 3, 4, .. new byte[100]]);

        Action load = () => _ml.Regression.LoadPyTorch(path);

        load.Should().Throw<FormatException>().WithMessage("*a file of torch.save, which holds code: write the state dict in the safetensors format*");
    }

    [TestMethod]
    [DataRow("binary", "layer-norm", "*it has 3 outputs: expected one logit, or a value for each of two classes*")]
    [DataRow("multiclass", "relu", "*it has one output: expected a value for each class*")]
    [DataRow("multiclass", "sigmoid-end", "*ends with Sigmoid, which does not fit multiclass classification*")]
    [DataRow("multilabel", "softmax-end", "*ends with Softmax, which does not fit multilabel classification*")]
    public void LoadPyTorch_NetworkOfAnotherTask_IsRefused(string task, string name, string message)
    {
        Action load = () => PyTorchFiles.Load(_ml, task, PyTorchFiles.PathOf(name + ".safetensors"));

        load.Should().Throw<FormatException>().WithMessage(message);
    }

    [TestMethod]
    public void LoadPyTorch_OptionsOutsideTheirRange_AreListed()
    {
        var options = new PyTorchOptions { FeatureColumnName = "", ClassNames = ["a", "a"], LabelMeans = [double.NaN], LabelStandardDeviations = [0] };

        Action load = () => _ml.Regression.LoadPyTorch(PyTorchFiles.PathOf(Reference), options);

        load.Should().Throw<ArgumentException>().WithMessage("*FeatureColumnName must not be empty*ClassNames is for classification*ClassNames must differ*LabelMeans must be finite*LabelStandardDeviations must be positive*");
    }

    [TestMethod]
    public void LoadPyTorch_NamesThatAreNotAsMany_AreRefused()
    {
        string path = PyTorchFiles.PathOf("softmax-end.safetensors");
        Refused(new PyTorchOptions { ClassNames = ["a", "b"] }, "*3 outputs, and ClassNames has 2 names: expected 3*");
        Refused(new PyTorchOptions { FeatureNames = ["a", "b"] }, "*4 inputs, and 2 names of features*");

        void Refused(PyTorchOptions options, string message)
        {
            Action load = () => _ml.MulticlassClassification.LoadPyTorch(path, options);
            load.Should().Throw<FormatException>().WithMessage(message);
        }
    }

    private sealed class Features4
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }
}
