namespace MLExtensions.Trainers;

/// <summary>Trains a deep multilayer perceptron to tell several classes apart, by default with the softmax cross-entropy loss.</summary>
/// <remarks>
/// Input: a feature column of <c>Vector&lt;Single&gt;</c> of known size, and a label column of text, <c>Boolean</c>,
/// numbers, dates, or of a key of known count. Values are taken as they are: the classes are those of the training rows, in ascending
/// order. Output: <c>Score</c> (<c>Vector&lt;Single&gt;</c>, the probabilities of the classes, with their names as slot names) and
/// <c>PredictedLabel</c> (of the label's own type; a key has the label's values, so that <c>MapKeyToValue</c> gives them back). Rows to score
/// need no label. Where they have one that is no key of the same values, one stands in its place behind the model, since ML.NET's
/// evaluators take no other: so <c>Evaluate</c> and <c>CrossValidate</c> work.
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Value</description></listheader>
/// <item><term>Machine learning task</term><description>Multiclass classification</description></item>
/// <item><term>Is normalization required?</term><description>Yes: scale features, for example with <c>ScaleStandard</c></description></item>
/// <item><term>Is caching required?</term><description>No: the data is read once</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>MLExtensions.Trainers</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes</description></item>
/// </list>
/// </remarks>
public sealed class DeepMlpMulticlassTrainer : DeepMlpTrainer<DeepMlpMulticlassModelParameters>
{
    internal DeepMlpMulticlassTrainer(IHostEnvironment environment, DeepMlpOptions options)
        : base(environment, new MulticlassTask(options)) { }

    internal override DeepMlpTrainer<DeepMlpMulticlassModelParameters> With(DeepMlpOptions options) => new DeepMlpMulticlassTrainer(HostEnvironment, options);
}
