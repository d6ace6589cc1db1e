namespace MLExtensions.Trainers;

/// <summary>
/// Trains a deep multilayer perceptron to predict one or several real values, by default with the squared error on the label
/// standardized by the training rows.
/// </summary>
/// <remarks>
/// Input: a feature column of <c>Vector&lt;Single&gt;</c> of known size, and a label column of numbers of any type, of
/// <c>Boolean</c> (true is 1), or of <c>Vector&lt;Single&gt;</c> of known size. Output: <c>Score</c>, in units of the label, <c>Single</c>
/// or a vector of them as the label is; with a <see cref="QuantileLoss"/> of several quantiles a vector of them. Where scored rows have a
/// label that is no <c>Single</c>, one stands in its place behind the model, since ML.NET's evaluators take no other.
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Value</description></listheader>
/// <item><term>Machine learning task</term><description>Regression, also with several outputs</description></item>
/// <item><term>Is normalization required?</term><description>Yes: scale features, for example with <c>ScaleStandard</c></description></item>
/// <item><term>Is caching required?</term><description>No: the data is read once</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>MLExtensions.Trainers</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes</description></item>
/// </list>
/// </remarks>
public sealed class DeepMlpRegressionTrainer : DeepMlpTrainer<DeepMlpRegressionModelParameters>
{
    internal DeepMlpRegressionTrainer(IHostEnvironment environment, DeepMlpOptions options)
        : base(environment, new RegressionTask(options)) { }

    internal override DeepMlpTrainer<DeepMlpRegressionModelParameters> With(DeepMlpOptions options) => new DeepMlpRegressionTrainer(HostEnvironment, options);
}
