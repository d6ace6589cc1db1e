using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLExtensions.Networks;
using MLExtensions.Networks.Evaluation;
using MLExtensions.Networks.Rows;
using MLExtensions.Pipeline;
using MLExtensions.Trainers.Labels;
using MLExtensions.Trainers.Scoring;
using MLExtensions.Trainers.Training;

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
    private const string ExpectedLabel = "Single or Vector<Single> of known size";

    internal DeepMlpRegressionTrainer(IHostEnvironment environment, DeepMlpOptions options)
        : base(environment, options, LossTasks.Regression) { }

    private protected override string Name => nameof(DeepMlpRegressionTrainer);

    private Loss LossOrDefault => Options.Loss ?? Loss.SquaredError;

    private string ExpectedLabelType => LossOrDefault is QuantileLoss ? "Single (quantiles are of one number)" : ExpectedLabel;

    private protected override SchemaShape.Column FindLabel(SchemaShape shape) =>
        SchemaChecks.Require(shape, "label", Options.LabelColumnName, ExpectedLabelType, column =>
            (column.Kind == SchemaShape.Column.VectorKind.Scalar
                || column.Kind == SchemaShape.Column.VectorKind.Vector && LossOrDefault is not QuantileLoss)
            && !column.IsKey && column.ItemType.Equals(NumberDataViewType.Single));

    private protected override LabelColumn FindLabel(DataViewSchema schema)
    {
        var column = SchemaChecks.Require(schema, "label", Options.LabelColumnName, ExpectedLabelType, type =>
            type.Equals(NumberDataViewType.Single)
            || LossOrDefault is not QuantileLoss
                && type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Single));
        var found = column.Type is VectorDataViewType { Size: var size }
            ? new LabelColumn(column, size, "finite numbers", row => LabelReaders.Vector(row, column))
            : new LabelColumn(column, 1, "a finite number", row => LabelReaders.Single(row, column));
        return LabelRule is var (expected, accepts) ? found with { Expected = expected, Accepts = accepts } : found;
    }

    /// <summary>Which labels the transform or the loss can do with; options never have rules of both.</summary>
    private (string Expected, Func<float, bool> Accepts)? LabelRule => Options.LabelTransform switch
    {
        LabelTransform.Log => ("a finite number above 0 (LabelTransform.Log)", label => label > 0),
        LabelTransform.LogOnePlus => ("a finite number above -1 (LabelTransform.LogOnePlus)", label => label > -1),
        _ => LossOrDefault.LabelRule,
    };

    private protected override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label) => RegressionColumns.Shape(label, QuantilesOrNull);

    private protected override int[]? ClassesOf(DataBlock data) => null;

    private protected override TaskSetup<DeepMlpRegressionModelParameters> SetUp(DataBlock data, RowSplit split, LabelColumn label)
    {
        var loss = LossOrDefault;
        var transform = Options.LabelTransform ?? (loss.HasLogLink ? LabelTransform.DivideByMean : LabelTransform.Standardize);
        var scaling = LabelScaling.Fit(data.Targets, data.TargetCount, data.Weights, split.Training, Options.ClampScores, transform) with
        {
            HasLogLink = loss.HasLogLink,
        };
        var scaled = data with { Targets = scaling.Apply(data.Targets) };
        ValidationEvaluator evaluator = loss is QuantileLoss quantile
            ? new QuantileEvaluator(quantile, scaled, data.Weights, scaling)
            : new RegressionEvaluator(loss, scaled, data.Weights, scaling);
        return new(scaled, data.TargetCount * loss.OutputsPerTarget, evaluator,
            (network, weights, _) => new DeepMlpRegressionModelParameters(network, weights, scaling, label.Column.Type is VectorDataViewType, QuantilesOrNull));
    }

    private IReadOnlyList<float>? QuantilesOrNull => (Options.Loss as QuantileLoss)?.Quantiles;
}
