using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.MicrosoftML;

/// <summary>ML.NET's permutation feature importance of a whole chain, which it searches from its end for a predictor, fitted or loaded.</summary>
[TestClass]
public sealed class ChainImportanceTests
{
    private static readonly DeepMlpOptions s_options = new()
    {
        HiddenLayers = [16],
        BatchSize = 16,
        NumberOfEpochs = 30,
        Optimizer = new AdamOptions { LearningRate = 0.01f },
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void PermutationFeatureImportance_BinaryChain_RanksTheFeatureThatDecidesFirst(bool isLoaded)
    {
        var (model, scored) = Fit(_ml.BinaryClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Truth" }), isLoaded);

        var importance = _ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated(model, scored, labelColumnName: "Truth");

        FirstOf(importance, feature => feature.AreaUnderRocCurve).Should().Be("B");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void PermutationFeatureImportance_MulticlassChain_RanksTheFeatureThatDecidesFirst(bool isLoaded)
    {
        var (model, scored) = Fit(_ml.MulticlassClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Class" }), isLoaded);

        var importance = _ml.MulticlassClassification.PermutationFeatureImportance(model, scored, labelColumnName: "Class");

        FirstOf(importance, feature => feature.MicroAccuracy).Should().Be("B");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void PermutationFeatureImportance_ChainThatEndsWithMapKeyToValue_RanksTheFeatureThatDecidesFirst(bool isLoaded)
    {
        var trainer = _ml.MulticlassClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Class" });
        var (model, scored) = Fit(trainer, isLoaded, _ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        var importance = _ml.MulticlassClassification.PermutationFeatureImportance(model, scored, labelColumnName: "Class");

        scored.Schema["PredictedLabel"].Type.Should().Be(TextDataViewType.Instance);
        FirstOf(importance, feature => feature.MicroAccuracy).Should().Be("B");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void PermutationFeatureImportance_RegressionChain_RanksTheFeatureThatDecidesFirst(bool isLoaded)
    {
        var (model, scored) = Fit(_ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value" }), isLoaded);

        var importance = _ml.Regression.PermutationFeatureImportance(model, scored, labelColumnName: "Value");

        FirstOf(importance, feature => feature.RSquared).Should().Be("B");
    }

    [TestMethod]
    public void PermutationFeatureImportance_LoadedTransformerAlone_GivesWhatItsChainGives()
    {
        var (model, scored) = Fit(_ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value" }), isLoaded: false);
        var alone = SavedModels.ThroughFile(((IEnumerable<ITransformer>)model).Last(), scored.Schema);

        double[] ofTransformer = ValuesOf(new MLContext(seed: 1), alone);
        double[] ofChain = ValuesOf(new MLContext(seed: 1), model);

        ofTransformer.Should().Equal(ofChain);

        double[] ValuesOf(MLContext ml, ITransformer transformer) =>
            [.. ml.Regression.PermutationFeatureImportance(transformer, scored, labelColumnName: "Value").OrderBy(feature => feature.Key).Select(feature => feature.Value.RSquared.Mean)];
    }

    /// <summary>Fits a chain whose features have names, and gives it, or what comes back of its archive, with what it makes of the rows.</summary>
    private (ITransformer Model, IDataView Scored) Fit(IEstimator<ITransformer> trainer, bool isLoaded, IEstimator<ITransformer>? last = null)
    {
        var data = Apart(Mixed.Load(_ml));
        var chain = _ml.Transforms.Concatenate("Features", "A", "B", "C").Append(_ml.Transforms.ScaleStandard("Features")).Append(trainer);
        ITransformer model = last is null ? chain.Fit(data) : chain.Append(last).Fit(data);
        if (isLoaded)
            model = SavedModels.ThroughFile(model, data.Schema);
        return (model, model.Transform(data));
    }

    /// <summary>The rows with a column for each feature.</summary>
    private IDataView Apart(IDataView data) =>
        _ml.Transforms.CustomMapping<Together, Separate>((row, features) => (features.A, features.B, features.C) = (row.Features[0], row.Features[1], row.Features[2]), null)
            .Append(_ml.Transforms.DropColumns("Features")).Fit(data).Transform(data);

    /// <summary>The name of the feature whose permutation costs most.</summary>
    private static string FirstOf<T>(IEnumerable<KeyValuePair<string, T>> importance, Func<T, MetricStatistics> metric) =>
        importance.MinBy(feature => metric(feature.Value).Mean).Key;

    private sealed class Together
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Separate
    {
        public float A { get; set; }

        public float B { get; set; }

        public float C { get; set; }
    }
}
