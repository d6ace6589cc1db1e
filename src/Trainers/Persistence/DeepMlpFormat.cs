using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLExtensions.Pipeline;
using MLExtensions.Trainers.Labels;
using MLExtensions.Trainers.Network;
using MLExtensions.Trainers.Training;

namespace MLExtensions.Trainers.Persistence;

/// <summary>
/// How deep MLPs stand in a model archive: the description below as JSON, the network's parameters as F32 tensors under the
/// names of <see cref="ParameterLayout"/>, and for regression the label's statistics as F64 tensors.
/// </summary>
internal static class DeepMlpFormat
{
    public const string BinaryLoader = "MLExtDeepMlpBinary";
    public const string MulticlassLoader = "MLExtDeepMlpMulticlass";
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
            case DeepMlpBinaryModelParameters:
                writer.Write(Of(BinaryLoader), description, tensors);
                break;
            case DeepMlpMulticlassModelParameters multiclass:
                writer.Write(Of(MulticlassLoader), description with { Labels = multiclass.Labels }, tensors);
                break;
            case DeepMlpRegressionModelParameters regression:
                int[] shape = [regression.ScoreCount];
                tensors.Add(new Tensor(LabelMeans, shape, regression.Scaling.Means));
                tensors.Add(new Tensor(LabelStandardDeviations, shape, regression.Scaling.StandardDeviations));
                tensors.Add(new Tensor(LabelMinima, shape, regression.Scaling.Minima));
                tensors.Add(new Tensor(LabelMaxima, shape, regression.Scaling.Maxima));
                writer.Write(Of(RegressionLoader), description with { Regression = new(regression.IsVector, regression.ClampsScores) }, tensors);
                break;
        }
    }

    public static DeepMlpTransformer<DeepMlpBinaryModelParameters> ReadBinary(IHostEnvironment environment, object context) =>
        Read(environment, context, BinaryLoader, (description, weights, _) =>
        {
            RequireOneOutput(description);
            return new DeepMlpBinaryModelParameters(description.Network, weights);
        });

    public static DeepMlpTransformer<DeepMlpMulticlassModelParameters> ReadMulticlass(IHostEnvironment environment, object context) =>
        Read(environment, context, MulticlassLoader, (description, weights, _) =>
        {
            description.Labels?.Check(description.Network.Outputs);
            return new DeepMlpMulticlassModelParameters(description.Network, weights, description.Labels);
        });

    public static DeepMlpTransformer<DeepMlpRegressionModelParameters> ReadRegression(IHostEnvironment environment, object context) =>
        Read(environment, context, RegressionLoader, (description, weights, tensors) =>
        {
            var regression = description.Regression ?? throw new FormatException("a regression model needs its Regression part");
            int outputs = description.Network.Outputs;
            if (!regression.VectorLabel)
                RequireOneOutput(description);
            var scaling = new LabelScaling(tensors.TakeDoubles(LabelMeans, outputs), tensors.TakeDoubles(LabelStandardDeviations, outputs),
                tensors.TakeDoubles(LabelMinima, outputs), tensors.TakeDoubles(LabelMaxima, outputs), regression.ClampScores);
            scaling.Check();
            return new DeepMlpRegressionModelParameters(description.Network, weights, scaling, regression.VectorLabel);
        });

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

    internal sealed record Description(string FeatureColumn, NetworkDescription Network, LabelValues? Labels, RegressionDescription? Regression, TrainingHistory History);

    internal sealed record RegressionDescription(bool VectorLabel, bool ClampScores);
}
