namespace MLExtensions.Trainers;

/// <summary>
/// Trains a deep multilayer perceptron to tell of several labels, any number of which can be true at once, which are: one network with
/// an output for each, by default with the sigmoid cross-entropy averaged over them.
/// </summary>
/// <remarks>
/// Input: a feature column of <c>Vector&lt;Single&gt;</c> of known size, and a label column of <c>Vector&lt;Boolean&gt;</c> or of
/// <c>Vector&lt;Single&gt;</c> of 0 and 1, of known size. Output, with the label column's slot names: <c>Score</c>
/// (<c>Vector&lt;Single&gt;</c>, the logits of true), <c>Probability</c> (<c>Vector&lt;Single&gt;</c>, of true) and
/// <c>PredictedLabel</c> (<c>Vector&lt;Boolean&gt;</c>). Validation rows are set aside without regard to labels.
/// <c>ClassWeights</c> and <c>BalanceClasses</c> weigh each label where it is true.
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Value</description></listheader>
/// <item><term>Machine learning task</term><description>Multilabel classification</description></item>
/// <item><term>Is normalization required?</term><description>Yes: scale features, for example with <c>ScaleStandard</c></description></item>
/// <item><term>Is caching required?</term><description>No: the data is read once</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>MLExtensions.Trainers</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes</description></item>
/// </list>
/// </remarks>
public sealed class DeepMlpMultilabelTrainer : DeepMlpTrainer<DeepMlpMultilabelModelParameters>
{
    internal DeepMlpMultilabelTrainer(IHostEnvironment environment, DeepMlpOptions options)
        : base(environment, new MultilabelTask(options)) { }

    internal override DeepMlpTrainer<DeepMlpMultilabelModelParameters> With(DeepMlpOptions options) => new DeepMlpMultilabelTrainer(HostEnvironment, options);
}
