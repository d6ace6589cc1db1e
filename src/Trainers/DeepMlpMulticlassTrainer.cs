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

/// <summary>Trains a deep multilayer perceptron to tell several classes apart, by default with the softmax cross-entropy loss.</summary>
/// <remarks>
/// Input: a feature column of <c>Vector&lt;Single&gt;</c> of known size, and a label column of a key of known count
/// (<c>MapValueToKey</c> makes one). Output: <c>Score</c> (<c>Vector&lt;Single&gt;</c>, the probabilities of the classes in the
/// order of the keys, with the classes' names as slot names) and <c>PredictedLabel</c> (a key with the label's values, so that
/// <c>MapKeyToValue</c> gives them back).
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Value</description></listheader>
/// <item><term>Machine learning task</term><description>Multiclass classification</description></item>
/// <item><term>Is normalization required?</term><description>Yes: scale features, for example with <c>ScaleStandard</c></description></item>
/// <item><term>Is caching required?</term><description>No: the data is read once</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>MLExtensions.Trainers</description></item>
/// <item><term>Exportable to ONNX</term><description>No</description></item>
/// </list>
/// </remarks>
public sealed class DeepMlpMulticlassTrainer : DeepMlpTrainer<DeepMlpMulticlassModelParameters>
{
    private const string ExpectedLabel = "a key of known count (MapValueToKey makes one)";

    internal DeepMlpMulticlassTrainer(IHostEnvironment environment, DeepMlpOptions options)
        : base(environment, options, LossTasks.MulticlassClassification) { }

    private protected override string Name => nameof(DeepMlpMulticlassTrainer);

    private protected override SchemaShape.Column FindLabel(SchemaShape shape) =>
        SchemaChecks.Require(shape, "label", Options.LabelColumnName, ExpectedLabel,
            column => column is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: true });

    private protected override LabelColumn FindLabel(DataViewSchema schema)
    {
        // Each class is a unit of the last layer: a key that counts further is an identifier, not a class.
        var column = SchemaChecks.Require(schema, "label", Options.LabelColumnName, ExpectedLabel,
            type => type is KeyDataViewType { Count: <= int.MaxValue });
        return new LabelColumn(column, 1, "a key that is not missing", row => LabelReaders.Key(row, column));
    }

    private protected override IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label) => MulticlassColumns.Shape(label);

    private protected override int[] ClassesOf(DataBlock data) => data.ClassIndices();

    private protected override TaskSetup<DeepMlpMulticlassModelParameters> SetUp(DataBlock data, RowSplit split, LabelColumn label)
    {
        int classes = (int)((KeyDataViewType)label.Column.Type).Count;
        var labels = LabelValues.Read(label.Column);
        var weighted = ClassWeighting.Apply(data, split.Training, classes, Options, Options.LabelColumnName);
        return new(weighted, classes, new MulticlassEvaluator(Options.Loss ?? Loss.CrossEntropy, weighted, data.Weights, classes),
            (network, weights, temperature) => new DeepMlpMulticlassModelParameters(network, weights, labels, temperature));
    }
}
