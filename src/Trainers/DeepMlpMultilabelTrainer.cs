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
/// <item><term>Exportable to ONNX</term><description>No</description></item>
/// </list>
/// </remarks>
public sealed class DeepMlpMultilabelTrainer : DeepMlpTrainer<DeepMlpMultilabelModelParameters>
{
    private const string ExpectedLabel = "Vector<Boolean> or Vector<Single> (of 0 and 1) of known size";

    internal DeepMlpMultilabelTrainer(IHostEnvironment environment, DeepMlpOptions options)
        : base(environment, options, LossTasks.MultilabelClassification) { }

    private protected override string Name => nameof(DeepMlpMultilabelTrainer);

    private protected override SchemaShape.Column FindLabel(SchemaShape shape) =>
        SchemaChecks.Require(shape, "label", Options.LabelColumnName, ExpectedLabel, column =>
            column is { Kind: SchemaShape.Column.VectorKind.Vector, IsKey: false }
            && (column.ItemType.Equals(BooleanDataViewType.Instance) || column.ItemType.Equals(NumberDataViewType.Single)));

    private protected override LabelColumn FindLabel(DataViewSchema schema)
    {
        var column = SchemaChecks.Require(schema, "label", Options.LabelColumnName, ExpectedLabel, type =>
            type is VectorDataViewType { IsKnownSize: true } vector
            && (vector.ItemType.Equals(BooleanDataViewType.Instance) || vector.ItemType.Equals(NumberDataViewType.Single)));
        var type = (VectorDataViewType)column.Type;
        return type.ItemType.Equals(BooleanDataViewType.Instance)
            ? new LabelColumn(column, type.Size, "true or false", row => LabelReaders.Booleans(row, column))
            : new LabelColumn(column, type.Size, "0 or 1", row => LabelReaders.Vector(row, column)) { Accepts = value => value is 0 or 1 };
    }

    private protected override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label) => MultilabelColumns.Shape(label);

    private protected override int[]? ClassesOf(DataBlock data) => null;

    private protected override TaskSetup<DeepMlpMultilabelModelParameters> SetUp(DataBlock data, RowSplit split, LabelColumn label)
    {
        var labels = LabelValues.ReadSlotNames(label.Column);
        var loss = LabelWeighting.Apply(Options.Loss ?? Loss.CrossEntropy, data, split.Training, Options, Options.LabelColumnName);
        return new(data, data.TargetCount, new MultilabelEvaluator(loss, data, data.Weights),
            (network, weights, temperature) => new DeepMlpMultilabelModelParameters(network, weights, labels, temperature));
    }
}
