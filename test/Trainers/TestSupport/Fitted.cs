using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>A fitted transformer of any task, with what tests look at.</summary>
internal sealed record Fitted(ITransformer Transformer, DeepMlpModelParameters Model, TrainingHistory History)
{
    public static Fitted Of<TModel>(DeepMlpTransformer<TModel> transformer)
        where TModel : DeepMlpModelParameters => new(transformer, transformer.Model, transformer.History)
        {
            OutOfFold = transformer.OutOfFold,
            TransformOutOfFold = transformer.TransformOutOfFold,
        };

    public OutOfFoldPredictions? OutOfFold { get; private init; }

    public required Func<IDataView, IDataView> TransformOutOfFold { get; init; }

    public float[] Weights => Model.CopyWeights().Values;
}
