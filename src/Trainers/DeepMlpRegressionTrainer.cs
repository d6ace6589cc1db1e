using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLExtensions.Pipeline;
using MLExtensions.Trainers.Engine;
using MLExtensions.Trainers.Labels;
using MLExtensions.Trainers.Scoring;
using MLExtensions.Trainers.Training;

namespace MLExtensions.Trainers;

/// <summary>
/// Trains a deep multilayer perceptron to predict one or several real values, with the squared error on the label standardized
/// by the training rows.
/// </summary>
/// <remarks>
/// Input: a feature column of <c>Vector&lt;Single&gt;</c> of known size, and a label column of <c>Single</c> or of
/// <c>Vector&lt;Single&gt;</c> of known size. Output: <c>Score</c>, in units of the label and of the label's type.
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
        : base(environment, options)
    {
        if (options.ClassWeights is not null || options.BalanceClasses)
            throw new ArgumentException("Invalid DeepMlpOptions: regression has no classes; leave ClassWeights and BalanceClasses unset.", nameof(options));
    }

    private protected override string Name => nameof(DeepMlpRegressionTrainer);

    private protected override SchemaShape.Column FindLabel(SchemaShape shape) =>
        SchemaChecks.Require(shape, "label", Options.LabelColumnName, ExpectedLabel, column =>
            column is { Kind: SchemaShape.Column.VectorKind.Scalar or SchemaShape.Column.VectorKind.Vector, IsKey: false }
            && column.ItemType.Equals(NumberDataViewType.Single));

    private protected override LabelColumn FindLabel(DataViewSchema schema)
    {
        var column = SchemaChecks.Require(schema, "label", Options.LabelColumnName, ExpectedLabel, type =>
            type.Equals(NumberDataViewType.Single)
            || type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Single));
        return column.Type is VectorDataViewType { Size: var size }
            ? new LabelColumn(column, size, "finite numbers", row => LabelReaders.Vector(row, column))
            : new LabelColumn(column, 1, "a finite number", row => LabelReaders.Single(row, column));
    }

    private protected override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label) => RegressionColumns.Shape(label);

    private protected override int[]? ClassesOf(DataBlock data) => null;

    private protected override TaskSetup<DeepMlpRegressionModelParameters> SetUp(DataBlock data, RowSplit split, LabelColumn label)
    {
        var scaling = LabelScaling.Fit(data.Targets, data.TargetCount, data.Weights, split.Training, Options.ClampScores);
        var scaled = data with { Targets = scaling.Apply(data.Targets) };
        return new(scaled, data.TargetCount, new RegressionEvaluator(scaled, data.Weights, scaling),
            (network, weights) => new DeepMlpRegressionModelParameters(network, weights, scaling, label.Column.Type is VectorDataViewType));
    }
}
