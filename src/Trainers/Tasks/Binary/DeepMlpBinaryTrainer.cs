namespace MLExtensions.Trainers;

/// <summary>Trains a deep multilayer perceptron to tell two classes apart, by default with the sigmoid cross-entropy loss.</summary>
/// <remarks>
/// Input: a feature column of <c>Vector&lt;Single&gt;</c> of known size, and a label column of <c>Boolean</c>, of <c>Single</c>
/// (0 or 1), or of a key with two values (the second is true). Output: <c>Score</c> (<c>Single</c>, the logit of true),
/// <c>Probability</c> (<c>Single</c>, of true) and <c>PredictedLabel</c> (<c>Boolean</c>).
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Value</description></listheader>
/// <item><term>Machine learning task</term><description>Binary classification</description></item>
/// <item><term>Is normalization required?</term><description>Yes: scale features, for example with <c>ScaleStandard</c></description></item>
/// <item><term>Is caching required?</term><description>No: the data is read once</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>MLExtensions.Trainers</description></item>
/// <item><term>Exportable to ONNX</term><description>No</description></item>
/// </list>
/// </remarks>
public sealed class DeepMlpBinaryTrainer : DeepMlpTrainer<DeepMlpBinaryModelParameters>
{
    internal DeepMlpBinaryTrainer(IHostEnvironment environment, DeepMlpOptions options)
        : base(environment, new BinaryTask(options)) { }
}
