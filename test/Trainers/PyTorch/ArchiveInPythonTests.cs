using System.Text.Json;
using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>The Python of docs/pytorch.md that scores by a model file.</summary>
[TestClass]
public sealed class ArchiveInPythonTests
{
    private static readonly DeepMlpOptions s_defaults = new() { NumberOfEpochs = 3, Seed = 5, Engine = new ManagedEngine { Threads = 1 } };

    private static readonly Dictionary<string, (LearningTask Task, DeepMlpOptions Options)> s_cases = new()
    {
        ["defaults"] = (LearningTask.Regression, s_defaults),
        ["defaults, binary"] = (LearningTask.Binary, s_defaults),
        ["defaults, multiclass"] = (LearningTask.Multiclass, s_defaults with { CalibrateProbabilities = true, EarlyStopping = new() { ValidationFraction = 0.4f } }),
        ["ensemble"] = (LearningTask.Regression, s_defaults with { Ensemble = new() { Members = 3 } }),
        ["ensemble of two kinds"] = (LearningTask.Regression, s_defaults with { Ensemble = new() { Members = 3, AlternatesWith = [new DeepMlpOptions { HiddenLayers = [5], NumberOfEpochs = 2 }] } }),
        ["several in one"] = (LearningTask.Regression, s_defaults with { BatchEnsemble = new() { Members = 3 }, Activations = [Activation.Maxout, Activation.PRelu], HiddenLayers = [7, 6] }),
        ["several in one, mini, normalized"] = (LearningTask.Multiclass, s_defaults with { BatchEnsemble = new() { Members = 4, Mini = true }, Normalization = Normalization.Layer }),
        ["several in one, of two classes, embedded"] = (LearningTask.Binary, s_defaults with { BatchEnsemble = new() { Members = 2 } }),
        ["Best"] = (LearningTask.Regression, DeepMlpOptions.Best(LossTasks.Regression) with { NumberOfEpochs = 2, Seed = 5, HiddenLayers = [6, 5], Ensemble = DeepMlpOptions.Best(LossTasks.Regression).Ensemble! with { Members = 6, AlternatesWith = [DeepMlpOptions.RealMlp(LossTasks.Regression) with { Ensemble = null, NumberOfEpochs = 2 }] } }),
        ["means over neighbors"] = (LearningTask.Multiclass, s_defaults with { NeighborMeans = new() { Neighbors = 5 } }),
        ["RealMlp"] = (LearningTask.Multiclass, DeepMlpOptions.RealMlp(LossTasks.MulticlassClassification) with { NumberOfEpochs = 2, Seed = 5, HiddenLayers = [6, 5] }),
        ["ensemble, binary"] = (LearningTask.Binary, s_defaults with { Ensemble = new() { Members = 3 } }),
        ["ensemble, multiclass"] = (LearningTask.Multiclass, s_defaults with { Ensemble = new() { Members = 3 } }),
        ["rectified"] = (LearningTask.Regression, s_defaults with { NumberEmbedding = new PiecewiseLinearEmbedding { Bins = 5, Rectified = true, Dimension = 3 }, ClampScores = false }),
        ["layers"] = (LearningTask.Regression, s_defaults with { NumberEmbedding = null, HiddenLayers = [9, 8, 7], Activations = [Activation.PRelu, new MixedActivation(Activation.Mish), Activation.Maxout], Normalization = Normalization.Batch, ScalesInputs = true }),
        ["layers normalized by row"] = (LearningTask.Regression, s_defaults with { HiddenLayers = [9, 8, 7], Activations = [Activation.Gelu, new GeluActivation(GeluForm.Tanh), new EluActivation(0.5f)], Normalization = new LayerNormalization { Affine = false } }),
        ["logarithm"] = (LearningTask.Regression, s_defaults with { LabelTransform = LabelTransform.LogOnePlus }),
        ["log link"] = (LearningTask.Regression, s_defaults with { Loss = Loss.Poisson }),
        ["quantiles"] = (LearningTask.Regression, s_defaults with { Loss = new QuantileLoss(0.1f, 0.9f) }),
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void ModelFile_InPython_GivesTheSameScores()
    {
        using var folder = new TestFolder();
        // Amounts, of which some are missing.
        Example[] training = [.. Examples.Rows(120).Select((row, index) => Change(row, index))];
        float[][] rows = [.. Examples.Rows(30, seed: 2).Select(row => row.Features), [2000, -1900, 50]];
        File.WriteAllText(folder.File("rows.json"), JsonSerializer.Serialize(rows));
        var data = Examples.Load(_ml, training);
        var models = s_cases.ToDictionary(entry => entry.Key, entry => Trainer.Fit(entry.Value.Task, _ml, entry.Value.Options with { LabelColumnName = LabelOf(entry.Value.Task) }, data));
        foreach (var (name, model) in models)
            _ml.Model.Save(model.Transformer, data.Schema, folder.File(name + ".zip"));

        PythonWithTorch.Run(Path.Combine(AppContext.BaseDirectory, "PyTorch", "score_sequentials.py"), Path.Combine(AppContext.BaseDirectory, "PyTorch", "pytorch.md"), folder.FullName);

        var outputs = JsonSerializer.Deserialize<Dictionary<string, float[][]>>(File.ReadAllText(folder.File("outputs.json")))!;
        foreach (var (name, model) in models)
        {
            float[][] expected = PyTorchFiles.ScoresOf(model.Model, rows), got = outputs[name + ".zip"];
            for (int row = 0; row < rows.Length; row++)
            {
                float[] scores = s_cases[name].Task == LearningTask.Multiclass ? SaveSafetensorsTests.Softmax(got[row]) : got[row];
                scores.Should().HaveCount(expected[row].Length, name);
                for (int i = 0; i < scores.Length; i++)
                    scores[i].Should().BeApproximately(expected[row][i], 1e-5f * MathF.Max(1, MathF.Abs(expected[row][i])), "{0}: score {1} of row {2}", name, i, row);
            }
        }
    }

    private static string LabelOf(LearningTask task) => task == LearningTask.Multiclass ? "Class" : task == LearningTask.Binary ? "Truth" : "Value";

    private static Example Change(Example row, int index)
    {
        row.Value += 3;
        if (index % 7 == 0)
            row.Features[1] = float.NaN;
        return row;
    }
}
