using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLExtensions.Networks;
using MLExtensions.Networks.Evaluation;
using MLExtensions.Networks.Layers;
using MLExtensions.Pipeline;
using MLExtensions.Trainers.Labels;

namespace MLExtensions.Trainers.Persistence;

/// <summary>
/// How deep MLPs stand in a model archive: the description below as JSON, the network's parameters as F32 tensors under the
/// names of <see cref="ParameterLayout"/>, and for regression the label's statistics as F64 tensors.
/// </summary>
internal static class DeepMlpFormat
{
    public const string BinaryLoader = "MLExtDeepMlpBinary";
    public const string MulticlassLoader = "MLExtDeepMlpMulticlass";
    public const string MultilabelLoader = "MLExtDeepMlpMultilabel";
    public const string RegressionLoader = "MLExtDeepMlpRegression";

    private const string LabelMeans = "label.means";
    private const string LabelStandardDeviations = "label.standard_deviations";
    private const string LabelMinima = "label.minima";
    private const string LabelMaxima = "label.maxima";

    public static ComponentFormat Of(string loaderName) => new(loaderName, Version: 1, typeof(DeepMlpFormat).Assembly);

    public static void Write(ComponentWriter writer, DeepMlpModelParameters model, string featureColumnName, TrainingHistory history)
    {
        var weights = model.Weights;
        var tensors = weights.Layout.Tensors.Select(tensor => new Tensor(tensor.Name, tensor.Shape, weights[tensor].ToArray())).ToList();
        var description = new Description(featureColumnName, model.Network, null, null, history);
        switch (model)
        {
            case DeepMlpBinaryModelParameters binary:
                writer.Write(Of(BinaryLoader), description with { Temperature = binary.Temperature }, tensors);
                break;
            case DeepMlpMulticlassModelParameters multiclass:
                writer.Write(Of(MulticlassLoader), description with { Labels = multiclass.Labels, Temperature = multiclass.Temperature }, tensors);
                break;
            case DeepMlpMultilabelModelParameters multilabel:
                writer.Write(Of(MultilabelLoader), description with { Labels = multilabel.Labels, Temperature = multilabel.Temperature }, tensors);
                break;
            case DeepMlpRegressionModelParameters regression:
                int[] shape = [regression.Scaling.Labels];
                tensors.Add(new Tensor(LabelMeans, shape, regression.Scaling.Means));
                tensors.Add(new Tensor(LabelStandardDeviations, shape, regression.Scaling.StandardDeviations));
                tensors.Add(new Tensor(LabelMinima, shape, regression.Scaling.Minima));
                tensors.Add(new Tensor(LabelMaxima, shape, regression.Scaling.Maxima));
                writer.Write(Of(RegressionLoader), description with { Regression = Describe(regression) }, tensors);
                break;
        }
    }

    public static DeepMlpTransformer<DeepMlpBinaryModelParameters> ReadBinary(IHostEnvironment environment, object context) =>
        Read(environment, context, BinaryLoader, (description, weights, _) =>
        {
            RequireOneOutput(description);
            return new DeepMlpBinaryModelParameters(description.Network, weights, TemperatureOf(description));
        });

    public static DeepMlpTransformer<DeepMlpMulticlassModelParameters> ReadMulticlass(IHostEnvironment environment, object context) =>
        Read(environment, context, MulticlassLoader, (description, weights, _) =>
        {
            description.Labels?.Check(description.Network.Outputs);
            return new DeepMlpMulticlassModelParameters(description.Network, weights, description.Labels, TemperatureOf(description));
        });

    public static DeepMlpTransformer<DeepMlpMultilabelModelParameters> ReadMultilabel(IHostEnvironment environment, object context) =>
        Read(environment, context, MultilabelLoader, (description, weights, _) =>
        {
            description.Labels?.Check(description.Network.Outputs);
            return new DeepMlpMultilabelModelParameters(description.Network, weights, description.Labels, TemperatureOf(description));
        });

    public static DeepMlpTransformer<DeepMlpRegressionModelParameters> ReadRegression(IHostEnvironment environment, object context) =>
        Read(environment, context, RegressionLoader, (description, weights, tensors) =>
        {
            var regression = description.Regression ?? throw new FormatException("a regression model needs its Regression part");
            int labels = LabelsOf(regression, description);
            var scaling = new LabelScaling(tensors.TakeDoubles(LabelMeans, labels), tensors.TakeDoubles(LabelStandardDeviations, labels),
                tensors.TakeDoubles(LabelMinima, labels), tensors.TakeDoubles(LabelMaxima, labels), regression.ClampScores)
            {
                Transform = regression.LabelTransform,
                HasLogLink = regression.LogLink,
            };
            scaling.Check();
            return new DeepMlpRegressionModelParameters(description.Network, weights, scaling, regression.VectorLabel, regression.Quantiles);
        });

    private static RegressionDescription Describe(DeepMlpRegressionModelParameters model) =>
        new(model.IsVector, model.ClampsScores, model.LabelTransform, model.HasLogLink, model.Quantiles);

    /// <summary>The number of labels of a regression: one for each output, but one for all quantiles.</summary>
    private static int LabelsOf(RegressionDescription regression, Description description)
    {
        if (!regression.VectorLabel)
            RequireOneOutput(description);
        if (regression.Quantiles is not { } quantiles)
            return description.Network.Outputs;

        return QuantileLoss.AreQuantiles(quantiles) && quantiles.Count == description.Network.Outputs
            ? 1
            : throw new FormatException($"{quantiles.Count} quantiles do not fit {description.Network.Outputs} outputs, or are not ascending between 0 and 1");
    }

    private static DeepMlpTransformer<TModel> Read<TModel>(IHostEnvironment environment, object context, string loaderName,
        Func<Description, NetworkWeights, TensorSet, TModel> createModel)
        where TModel : DeepMlpModelParameters
    {
        var reader = new ComponentReader(environment, context, Of(loaderName));
        return reader.Read<Description, DeepMlpTransformer<TModel>>((description, tensors) =>
        {
            NetworkChecks.Check(description.Network);
            var weights = ReadWeights(description.Network, tensors);
            var complete = description with { Network = description.Network.FindCode(environment) };
            return new DeepMlpTransformer<TModel>(createModel(complete, weights, tensors), description.FeatureColumn, description.History);
        });
    }

    private static float TemperatureOf(Description description) =>
        description.Temperature > 0 && float.IsFinite(description.Temperature)
            ? description.Temperature
            : throw new FormatException(FormattableString.Invariant($"a temperature of {description.Temperature} is impossible"));

    private static void RequireOneOutput(Description description)
    {
        if (description.Network.Outputs != 1)
            throw new FormatException($"a network of {description.Network.Outputs} outputs does not fit a score of one number");
    }

    private static NetworkWeights ReadWeights(NetworkDescription network, TensorSet tensors)
    {
        // Every tensor is there, of the right size, before an array of their total size is made.
        var layout = new ParameterLayout(network);
        var values = layout.Tensors.Select(tensor => tensors.TakeSingles(tensor.Name, tensor.Shape)).ToArray();
        var weights = new NetworkWeights(layout);
        foreach (var (tensor, value) in layout.Tensors.Zip(values))
            value.CopyTo(weights[tensor]);
        return weights;
    }

    internal sealed record Description(string FeatureColumn, NetworkDescription Network, LabelValues? Labels, RegressionDescription? Regression, TrainingHistory History, float Temperature = 1);

    internal sealed record RegressionDescription(bool VectorLabel, bool ClampScores, LabelTransform LabelTransform = LabelTransform.Standardize,
        bool LogLink = false, IReadOnlyList<float>? Quantiles = null);
}
