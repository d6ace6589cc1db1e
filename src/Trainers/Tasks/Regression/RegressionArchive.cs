using System.Text.Json.Serialization;

[assembly: LoadableComponent(typeof(DeepMlpTransformer<DeepMlpRegressionModelParameters>), typeof(RegressionArchive), RegressionArchive.Loader)]

namespace MLExtensions.Trainers.Tasks.Regression;

/// <summary>The part of the task in an archive (statistics of the label as F64 tensors, its transform and quantiles), and the loader that ML.NET calls.</summary>
internal static class RegressionArchive
{
    public const string Loader = "MLExtDeepMlpRegression";

    private const string LabelMeans = "label.means";
    private const string LabelStandardDeviations = "label.standard_deviations";
    private const string LabelMinima = "label.minima";
    private const string LabelMaxima = "label.maxima";

    public static void Write(ComponentWriter writer, DeepMlpRegressionModelParameters model, string featureColumn, TrainingHistory history)
    {
        var regression = new RegressionPart(model.IsVector, model.ClampsScores, model.LabelTransform, model.HasLogLink, model.Quantiles) { Interval = model.Interval };
        int[] shape = [model.Scaling.Labels];
        DeepMlpFormat.Write(writer, Loader, model, new Description(featureColumn, model.Network, history, regression, model.LabelColumn),
            new Tensor(LabelMeans, shape, model.Scaling.Means),
            new Tensor(LabelStandardDeviations, shape, model.Scaling.StandardDeviations),
            new Tensor(LabelMinima, shape, model.Scaling.Minima),
            new Tensor(LabelMaxima, shape, model.Scaling.Maxima));
    }

    public static DeepMlpTransformer<DeepMlpRegressionModelParameters> Create(IHostEnvironment environment, object context) =>
        DeepMlpFormat.Read(environment, context, Loader, (Description description, NetworkWeights weights, TensorSet tensors) =>
        {
            var regression = description.Regression ?? throw new FormatException("a regression model needs its Regression part");
            int labels = LabelsOf(regression, description.Network);
            var scaling = new LabelScaling(tensors.TakeDoubles(LabelMeans, labels), tensors.TakeDoubles(LabelStandardDeviations, labels),
                tensors.TakeDoubles(LabelMinima, labels), tensors.TakeDoubles(LabelMaxima, labels), regression.ClampScores)
            {
                Transform = regression.LabelTransform,
                HasLogLink = regression.LogLink,
            };
            scaling.Check();
            regression.Interval?.Check(labels);
            return new DeepMlpRegressionModelParameters(description.Network, weights, scaling, regression.VectorLabel, regression.Quantiles)
            {
                LabelColumn = description.LabelColumn,
                Interval = regression.Interval,
            };
        });

    /// <summary>The number of labels: one for each output, but one for all quantiles.</summary>
    private static int LabelsOf(RegressionPart regression, NetworkDescription network)
    {
        if (!regression.VectorLabel)
            DeepMlpFormat.RequireOneOutput(network);
        if (regression.Quantiles is not { } quantiles)
            return network.Outputs;

        return QuantileLoss.AreQuantiles(quantiles) && quantiles.Count == network.Outputs
            ? 1
            : throw new FormatException($"{Plural.Of(quantiles.Count, "quantile")} {(quantiles.Count == 1 ? "does" : "do")} not fit {Plural.Of(network.Outputs, "output")}, or they are not ascending between 0 and 1");
    }

    private sealed record Description(string FeatureColumn, NetworkDescription Network, TrainingHistory History, RegressionPart? Regression = null,
        string? LabelColumn = null)
        : ModelDescription(FeatureColumn, Network, History);

    private sealed record RegressionPart(bool VectorLabel, bool ClampScores, LabelTransform LabelTransform = LabelTransform.Standardize,
        bool LogLink = false, IReadOnlyList<float>? Quantiles = null)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public PredictionInterval? Interval { get; init; }
    }
}
