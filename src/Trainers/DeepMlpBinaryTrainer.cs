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
    private const string ExpectedLabel = "Boolean, Single (0 or 1) or a key with two values";

    internal DeepMlpBinaryTrainer(IHostEnvironment environment, DeepMlpOptions options)
        : base(environment, options, LossTasks.BinaryClassification) { }

    private protected override string Name => nameof(DeepMlpBinaryTrainer);

    private protected override SchemaShape.Column FindLabel(SchemaShape shape) =>
        SchemaChecks.Require(shape, "label", Options.LabelColumnName, ExpectedLabel, column =>
            column.Kind == SchemaShape.Column.VectorKind.Scalar
            && (column.IsKey || column.ItemType.Equals(BooleanDataViewType.Instance) || column.ItemType.Equals(NumberDataViewType.Single)));

    private protected override LabelColumn FindLabel(DataViewSchema schema)
    {
        var column = SchemaChecks.Require(schema, "label", Options.LabelColumnName, ExpectedLabel,
            type => type is BooleanDataViewType or KeyDataViewType { Count: 2 } || type.Equals(NumberDataViewType.Single));
        return column.Type switch
        {
            BooleanDataViewType => new LabelColumn(column, 1, "true or false", row => LabelReaders.Boolean(row, column)),
            KeyDataViewType => new LabelColumn(column, 1, "a key that is not missing", row => LabelReaders.Key(row, column)),
            _ => new LabelColumn(column, 1, "0 or 1", row => LabelReaders.Single(row, column)) { Accepts = value => value is 0 or 1 },
        };
    }

    private protected override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label) => BinaryColumns.Shape();

    private protected override int[] ClassesOf(DataBlock data) => data.ClassIndices();

    private protected override TaskSetup<DeepMlpBinaryModelParameters> SetUp(DataBlock data, RowSplit split, LabelColumn label)
    {
        var weighted = ClassWeighting.Apply(data, split.Training, classes: 2, Options, Options.LabelColumnName);
        return new(weighted, Outputs: 1, new BinaryEvaluator(Options.Loss ?? Loss.CrossEntropy, weighted, data.Weights),
            (network, weights, temperature) => new DeepMlpBinaryModelParameters(network, weights, temperature));
    }
}
