using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;
using MLExtensions.Trainers;

namespace MLExtensions.Native.Tests;

/// <summary>A program without ML.NET and without .NET scores what ML.NET scores, to the bit.</summary>
[TestClass]
public sealed class NativeScoringTests
{
    private static readonly float[][] s_rows = [.. Enumerable.Range(0, 80).Select(i => new[] { MathF.Sin(i), MathF.Cos(3 * i), i % 7 / 7f, 100 + i })];

    private readonly MLContext _ml = new(seed: 1);
    private readonly TestFolder _folder = new();

    private static DeepMlpOptions Options { get; } = new() { HiddenLayers = [16, 8], NumberOfEpochs = 5, BatchSize = 16, Seed = 3, LabelColumnName = "Label" };

    public TestContext TestContext { get; set; } = null!;

    [TestInitialize]
    public void RequireLinker()
    {
        if (NativeProgram.Missing is { } missing)
            Assert.Inconclusive($"Not compiled ahead of time: {missing}.");
    }

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void Publish_Program_GivesNoWarningsAndNeedsTheLibrariesOfCAlone()
    {
        NativeProgram.Printed.Should().NotContain("warning");
        NativeProgram.Libraries.Select(path => Path.GetFileName(path).Split('.')[0].Split('-')[0]).Should()
            .OnlyContain(name => name == "libc" || name == "libm" || name == "ld", "{0}", string.Join(", ", NativeProgram.Libraries));
    }

    [TestMethod]
    public void Run_ModelOfEachTask_PrintsTheBitsOfMicrosoftML()
    {
        var data = Load();
        var models = new Dictionary<string, ITransformer>
        {
            ["binary"] = _ml.BinaryClassification.Trainers.DeepMlp(Options with { CalibrateProbabilities = true, NumberEmbedding = new PiecewiseLinearEmbedding { Bins = 8, Dimension = 4 } }).Fit(data),
            ["multiclass"] = _ml.MulticlassClassification.Trainers.DeepMlp(Options with { LabelColumnName = "Name", Ensemble = new() { Members = 2, AlternatesWith = [new DeepMlpOptions { HiddenLayers = [5], NumberOfEpochs = 2 }] }, Normalization = Normalization.Batch }).Fit(data),
            ["multilabel"] = _ml.MultilabelClassification.Trainers.DeepMlp(Options with { LabelColumnName = "Flags", BatchEnsemble = new() { Members = 4 } }).Fit(data),
            ["regression"] = _ml.Regression.Trainers.DeepMlp(Options with { LabelColumnName = "Value", LabelTransform = LabelTransform.Log, Activation = Activation.Gelu, InputScaling = InputScaling.Quantile, NeighborMeans = new() }).Fit(data),
        };
        foreach (var (name, model) in models)
        {
            var scored = model.Transform(data);

            float[][] printed = Scores(NativeProgram.Run(NativeProgram.Path, Save(name, model), Rows()), labels: name is "binary" or "multiclass" ? 1 : 0);

            float[][] expected = scored.Schema["Score"].Type is VectorDataViewType ? [.. scored.GetColumn<float[]>("Score")] : [.. scored.GetColumn<float>("Score").Select(score => new[] { score })];
            printed.SelectMany(row => row).Should().Equal(expected.SelectMany(row => row), name);
        }
    }

    [TestMethod]
    public void Run_InARootWithNothingButTheProgramAndItsLibraries_Scores()
    {
        string root = Directory.CreateDirectory(_folder.File("root")).FullName;
        foreach (string library in NativeProgram.Libraries)
        {
            Directory.CreateDirectory(root + Path.GetDirectoryName(library));
            File.Copy(library, root + library);
        }
        File.Copy(NativeProgram.Path, Path.Combine(root, "score"));
        File.Copy(Save("model", _ml.Regression.Trainers.DeepMlp(Options with { LabelColumnName = "Value" }).Fit(Load())), Path.Combine(root, "model.zip"));
        File.Copy(Rows(), Path.Combine(root, "rows.csv"));
        string[] enter = Environment.IsPrivilegedProcess ? [] : ["--user", "--map-root-user"];

        var run = NativeProgram.Run("unshare", [.. enter, "chroot", root, "/score", "/model.zip", "/rows.csv"]);

        if (run.ExitCode != 0 && (run.Errors.Contains("unshare") || run.Errors.Contains("chroot:")))
            Assert.Inconclusive($"This machine lets no program have a root of its own: {run.Errors}");
        Scores(run, labels: 0).Should().HaveCount(s_rows.Length);
    }

    [TestMethod]
    public void Run_WhatCannotBeScored_EndsWithAMessageAndNoTrace()
    {
        string model = Save("model", _ml.Regression.Trainers.DeepMlp(Options with { LabelColumnName = "Value" }).Fit(Load()));
        string rows = _folder.File("short.csv");
        File.WriteAllText(rows, "1,2\n");

        NativeProgram.Run(NativeProgram.Path, _folder.File("none.zip"), rows).Should().Match<(int ExitCode, string Output, string Errors)>(run => run.ExitCode == 1 && run.Errors.Contains("none.zip") && !run.Errors.Contains(" at "));
        NativeProgram.Run(NativeProgram.Path, rows, rows).Errors.Should().Contain("no .zip archive");
        NativeProgram.Run(NativeProgram.Path, model, rows).Errors.Should().Contain("Expected 4 features by commas, got 2");
    }

    private IDataView Load() => _ml.Data.LoadFromEnumerable(s_rows.Select(x => new Row
    {
        Features = x,
        Label = x[0] > 0,
        Name = x[1] > 0.5f ? "high" : x[1] < -0.5f ? "low" : "middle",
        Value = 5 + 3 * x[0] - x[2],
        Flags = [x[0] > 0, x[1] > 0],
    }));

    private string Save(string name, ITransformer model)
    {
        string path = _folder.File($"{name}.zip");
        _ml.Model.Save(model, null, path);
        return path;
    }

    private string Rows()
    {
        string path = _folder.File("rows.csv");
        File.WriteAllLines(path, s_rows.Select(row => string.Join(',', row.Select(value => value.ToString(CultureInfo.InvariantCulture)))));
        return path;
    }

    private static float[][] Scores((int ExitCode, string Output, string Errors) run, int labels)
    {
        run.ExitCode.Should().Be(0, run.Errors);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')[..^labels].Select(value => float.Parse(value, CultureInfo.InvariantCulture)).ToArray())];
    }

    private sealed class Row
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public string Name { get; set; } = "";

        public float Value { get; set; }

        [VectorType(2)]
        public bool[] Flags { get; set; } = [];
    }
}
