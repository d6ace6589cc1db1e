using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Models of every task and, together, of every kind of layer, whose archives are hurt.</summary>
internal static class FuzzedModels
{
    private static readonly MLContext s_ml = new(seed: 1);
    private static readonly IDataView s_examples = Examples.Load(s_ml);

    // A network of two inner layers and all that stands beside them.
    private static readonly DeepMlpOptions s_layers = Trainer.Quick with
    {
        HiddenLayers = [4, 6, 3],
        Activations = [Activation.PRelu, new MaxoutActivation(2), Activation.Gelu],
        Normalization = Normalization.Batch,
        ScalesInputs = true,
        InputDropoutRate = 0.1f,
        NumberOfEpochs = 1,
    };

    // Features scaled, numbers and categories embedded: what stands before the first layer.
    private static readonly DeepMlpOptions s_inputs = Trainer.Quick with
    {
        HiddenLayers = [3],
        Activation = new MixedActivation(Activation.Selu),
        CategoryEmbedding = new() { Dimension = 2, MostOneHot = 3 },
        NumberOfEpochs = 1,
    };

    private static readonly Dictionary<string, Func<(ITransformer Model, IDataView Data)>> s_all = new()
    {
        ["binary"] = () => Binary("Truth", s_layers with { Normalization = Normalization.Layer, CalibrateProbabilities = true }, s_examples),
        ["multiclass"] = () => Multiclass(s_layers with { CalibrateProbabilities = true }, s_examples),
        ["regression"] = () => Regression(s_layers with { ScoreStandardDeviation = new() { DropoutPasses = 4 }, PredictionInterval = new() { Coverage = 0.5 } }, s_examples),
        ["quantiles"] = () => Regression(s_layers with { Loss = new QuantileLoss(0.1f, 0.5f, 0.9f), PredictionInterval = new() { Coverage = 0.5 } }, s_examples),
        ["multilabel"] = () => Multilabel(s_layers with { ScoreStandardDeviation = new() { DropoutPasses = 4 } }),
        ["bins, robust"] = () => Binary("Truth", s_inputs with { NumberEmbedding = new PiecewiseLinearEmbedding { Dimension = 3, Bins = 5 }, InputScaling = InputScaling.Robust }, Lacking()),
        ["rectified bins, standard"] = () => Regression(
            s_inputs with { NumberEmbedding = new PiecewiseLinearEmbedding { Dimension = 2, Bins = 4, Rectified = true }, InputScaling = InputScaling.Standard }, Lacking()),
        ["waves, quantiles"] = () => Multiclass(
            s_inputs with { NumberEmbedding = new CosineEmbedding { Dimension = 2, Frequencies = 3 }, InputScaling = new QuantileInputScaling { NumberOfQuantiles = 6 } }, Lacking()),
        ["means over neighbors"] = () => Multiclass(s_inputs with { NeighborMeans = new() { Neighbors = 3, MostRows = 9 }, NumberEmbedding = new LinearEmbedding { Dimension = 2 }, InputScaling = InputScaling.Robust }, Lacking()),
        ["periods"] = () => Regression(s_inputs with { NumberEmbedding = new PeriodicEmbedding { Dimension = 2, Frequencies = 2 } }, Categories()),
        ["ensemble"] = () => Multiclass(
            s_inputs with { Ensemble = new() { Members = 2 }, InputScaling = InputScaling.Robust, NumberEmbedding = new PiecewiseLinearEmbedding { Dimension = 2, Bins = 3 } }, Lacking()),
        ["ensemble of inner layers"] = () => Regression(s_layers with { Ensemble = new() { Members = 2, Folds = false } }, s_examples),
        ["batch ensemble"] = () => Regression(
            s_inputs with { HiddenLayers = [4, 3], BatchEnsemble = new() { Members = 2 }, NumberEmbedding = new LinearEmbedding { Dimension = 2 }, InputScaling = InputScaling.Robust }, Lacking()),
        ["small batch ensemble"] = () => Binary("Truth", s_inputs with { BatchEnsemble = new() { Members = 2, Mini = true } }, Categories()),
        ["contributions"] = () => Contributions(s_inputs with { NumberEmbedding = new PiecewiseLinearEmbedding { Dimension = 3, Bins = 5 }, InputScaling = InputScaling.Robust }),
    };

    /// <summary>Their names, as test data.</summary>
    public static IEnumerable<object[]> Names => s_all.Keys.Select(name => new object[] { name });

    /// <summary>Trains one; the data are those that it scores.</summary>
    public static (ITransformer Model, IDataView Data) Fit(string name) => s_all[name]();

    private static (ITransformer, IDataView) Binary(string label, DeepMlpOptions options, IDataView data) =>
        (s_ml.BinaryClassification.Trainers.DeepMlp(options with { LabelColumnName = label }).Fit(data), data);

    private static (ITransformer, IDataView) Multiclass(DeepMlpOptions options, IDataView data) =>
        (s_ml.MulticlassClassification.Trainers.DeepMlp(options with { LabelColumnName = "Class" }).Fit(data), data);

    private static (ITransformer, IDataView) Regression(DeepMlpOptions options, IDataView data) =>
        (s_ml.Regression.Trainers.DeepMlp(options with { LabelColumnName = "Value" }).Fit(data), data);

    // What each feature contributes, in place of the model.
    private static (ITransformer, IDataView) Contributions(DeepMlpOptions options)
    {
        var data = Lacking();
        var model = s_ml.Regression.Trainers.DeepMlp(options with { LabelColumnName = "Value" }).Fit(data);
        return (s_ml.Transforms.CalculateFeatureContribution(model, new FeatureContributionOptions { NumberOfBaselines = 3 }).Fit(data), data);
    }

    private static (ITransformer, IDataView) Multilabel(DeepMlpOptions options)
    {
        var data = s_ml.Transforms.CustomMapping<Example, Flagged>((row, flagged) => flagged.Flags = [row.Truth, !row.Truth], null).Fit(s_examples).Transform(s_examples);
        return (s_ml.MultilabelClassification.Trainers.DeepMlp(options with { LabelColumnName = "Flags" }).Fit(data), data);
    }

    private static IDataView Categories() => CategoryRow.Load(s_ml, CategoryRow.Draw(40), CategoryRow.Counts);

    // The same, and a number is missing.
    private static IDataView Lacking()
    {
        var rows = CategoryRow.Draw(40);
        rows[7].Features[2] = float.NaN;
        return CategoryRow.Load(s_ml, rows, CategoryRow.Counts);
    }

    private sealed class Flagged
    {
        [Microsoft.ML.Data.VectorType(2)]
        public bool[] Flags { get; set; } = [];
    }
}
