namespace MLExtensions.Trainers;

/// <summary>Trains a deep multilayer perceptron to tell two classes apart, by default with the sigmoid cross-entropy loss.</summary>
/// <remarks>
/// Input: a feature column of <c>Vector&lt;Single&gt;</c> of known size, and a label column of two values: text,
/// <c>Boolean</c>, numbers, dates, or a key. Which of them is positive, <see cref="DeepMlpOptions.PositiveLabel"/> tells; without it true,
/// or the one value above 0, or the rarer one. Output: <c>Score</c> (<c>Single</c>, the logit of the positive class), <c>Probability</c>
/// (<c>Single</c>, of the positive class) and <c>PredictedLabel</c> (of the label's own type). Rows to score need no label. Where they have
/// one that ML.NET's evaluators do not take as it is, such as text, a <c>Single</c> (1 for positive) stands in its place behind the model, so that
/// <c>Evaluate</c> and <c>CrossValidate</c> work.
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Value</description></listheader>
/// <item><term>Machine learning task</term><description>Binary classification</description></item>
/// <item><term>Is normalization required?</term><description>Yes: scale features, for example with <c>ScaleStandard</c></description></item>
/// <item><term>Is caching required?</term><description>No: the data is read once</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>MLExtensions.Trainers</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes</description></item>
/// </list>
/// </remarks>
public sealed class DeepMlpBinaryTrainer : DeepMlpTrainer<DeepMlpBinaryModelParameters>
{
    internal DeepMlpBinaryTrainer(IHostEnvironment environment, DeepMlpOptions options)
        : base(environment, new BinaryTask(options)) { }

    internal override DeepMlpTrainer<DeepMlpBinaryModelParameters> With(DeepMlpOptions options) => new DeepMlpBinaryTrainer(HostEnvironment, options);
}
