namespace MLExtensions.Trainers;

/// <summary>
/// Trains a deep multilayer perceptron to predict one or several real values, by default with the squared error on the label
/// standardized by the training rows.
/// </summary>
/// <remarks>
/// Input: a feature column of <c>Vector&lt;Single&gt;</c> of known size, and a label column of <c>Single</c> or of
/// <c>Vector&lt;Single&gt;</c> of known size. Output: <c>Score</c>, in units of the label and of the label's type; with a
/// <see cref="QuantileLoss"/> of several quantiles a vector of them, for a label of <c>Single</c>.
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Value</description></listheader>
/// <item><term>Machine learning task</term><description>Regression, also with several outputs</description></item>
/// <item><term>Is normalization required?</term><description>Yes: scale features, for example with <c>ScaleStandard</c></description></item>
/// <item><term>Is caching required?</term><description>No: the data is read once</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>MLExtensions.Trainers</description></item>
/// <item><term>Exportable to ONNX</term><description>No</description></item>
/// </list>
/// </remarks>
public sealed class DeepMlpRegressionTrainer : DeepMlpTrainer<DeepMlpRegressionModelParameters>
{
    internal DeepMlpRegressionTrainer(IHostEnvironment environment, DeepMlpOptions options)
        : base(environment, new RegressionTask(options)) { }
}
