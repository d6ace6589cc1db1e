using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>The names, types and annotations of the columns that models add.</summary>
[TestClass]
public sealed class ScoreColumnsTests
{
    private const string SetId = "ScoreColumnSetId Key<UInt32, 0-2147483646>";

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Transform_Binary_AddsScoreProbabilityAndPredictedLabel()
    {
        AddedBy(LearningTask.Binary, "Truth").Should().Equal(
            $"Score: Single {{{SetId}, ScoreColumnKind String BinaryClassification, ScoreValueKind String Score}}",
            $"Probability: Single {{{SetId}, ScoreColumnKind String BinaryClassification, ScoreValueKind String Probability, IsNormalized Boolean True}}",
            $"PredictedLabel: Boolean {{{SetId}, ScoreColumnKind String BinaryClassification, ScoreValueKind String PredictedLabel}}");
    }

    [TestMethod]
    public void Transform_Multiclass_AddsProbabilitiesAndKeyNamedAfterTheClasses()
    {
        AddedBy(LearningTask.Multiclass, "Class").Should().Equal(
            $"Score: Vector<Single, 3> {{{SetId}, ScoreColumnKind String MulticlassClassification, ScoreValueKind String Score, " +
            "SlotNames Vector<String, 3> [blue green red], TrainingLabelValues Vector<String, 3> [blue green red]}",
            $"PredictedLabel: Key<UInt32, 0-2> {{{SetId}, ScoreColumnKind String MulticlassClassification, ScoreValueKind String PredictedLabel, " +
            "KeyValues Vector<String, 3> [blue green red]}");
    }

    [TestMethod]
    public void Transform_Regression_AddsAScoreOfTheLabelsType()
    {
        AddedBy(LearningTask.Regression, "Value").Should().Equal(
            $"Score: Single {{{SetId}, ScoreColumnKind String Regression, ScoreValueKind String Score}}");
        AddedBy(LearningTask.Regression, "Values").Should().Equal(
            $"Score: Vector<Single, 2> {{{SetId}, ScoreColumnKind String MultiOutputRegression, ScoreValueKind String Score}}");
    }

    [TestMethod]
    public void Transform_VectorLabelOfOneValue_GivesAVector()
    {
        var data = _ml.Data.LoadFromEnumerable(Examples.Rows().Select(row => new OneValue { Features = row.Features, Label = [row.Value] }));

        var output = _ml.Regression.Trainers.DeepMlp(Trainer.Quick).Fit(data).GetOutputSchema(data.Schema);

        output["Score"].Type.Should().Be(new VectorDataViewType(NumberDataViewType.Single, 1));
    }

    [TestMethod]
    public void Transform_KeysWithoutValues_NamesNoClasses()
    {
        var data = _ml.Data.LoadFromEnumerable(Examples.Rows().Select((row, index) => new BareKey { Features = row.Features, Label = (uint)index % 3 }));
        var estimator = _ml.MulticlassClassification.Trainers.DeepMlp(Trainer.Quick);

        var transformer = estimator.Fit(data);

        SchemaTexts.Of(transformer.GetOutputSchema(data.Schema))[^2..].Should().Equal(
            $"Score: Vector<Single, 3> {{{SetId}, ScoreColumnKind String MulticlassClassification, ScoreValueKind String Score}}",
            $"PredictedLabel: Key<UInt32, 0-2> {{{SetId}, ScoreColumnKind String MulticlassClassification, ScoreValueKind String PredictedLabel}}");
        Shapes.TextsOf(estimator.GetOutputSchema(Shapes.Of(data))).Should().Equal(Shapes.TextsOf(Shapes.Of(transformer.Transform(data))));
        transformer.Model.ClassNames.Should().BeNull();
        RowTexts.Of(SavedModels.ThroughStream(transformer, data.Schema).Transform(data)).Should().Equal(RowTexts.Of(transformer.Transform(data)));
    }

    [TestMethod]
    public void Transform_SecondModelOfAPipeline_GetsTheNextSetId()
    {
        var data = Examples.Load(_ml);
        var model = Trainer.Of(LearningTask.Binary, _ml, Trainer.QuickFor(LearningTask.Binary))
            .Append(_ml.Transforms.CopyColumns("FirstScore", "Score"))
            .Append(Trainer.Of(LearningTask.Multiclass, _ml, Trainer.QuickFor(LearningTask.Multiclass)))
            .Append(_ml.Transforms.CopyColumns("SecondScore", "Score"))
            .Append(Trainer.Of(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression)))
            .Fit(data);

        var schema = model.GetOutputSchema(data.Schema);

        SetIdOf(schema["FirstScore"]).Should().Be(1);
        SetIdOf(schema["Probability"]).Should().Be(1);
        SetIdOf(schema["SecondScore"]).Should().Be(2);
        SetIdOf(schema["PredictedLabel"]).Should().Be(2);
        SetIdOf(schema["Score"]).Should().Be(3);
    }

    [TestMethod]
    public void GetOutputSchema_ColumnsOfTheSameNameInTheInput_AreReplaced()
    {
        var data = Examples.Load(_ml);
        var input = _ml.Transforms.CopyColumns("Score", "Note").Fit(data).Transform(data);
        var estimator = Trainer.Of(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression));

        var promised = estimator.GetOutputSchema(Shapes.Of(input));
        var output = estimator.Fit(input).Transform(input);

        Shapes.TextsOf(promised).Should().Equal(Shapes.TextsOf(Shapes.Of(output)));
        output.Schema["Score"].Type.Should().Be(NumberDataViewType.Single);
    }

    private string[] AddedBy(LearningTask task, string label)
    {
        var data = Examples.Load(_ml);
        var options = Trainer.Quick with { LabelColumnName = label };
        var estimator = Trainer.Of(task, _ml, options);

        var output = estimator.Fit(data).GetOutputSchema(data.Schema);

        return SchemaTexts.Of(output)[data.Schema.Count..];
    }

    private static uint SetIdOf(DataViewSchema.Column column)
    {
        uint id = 0;
        column.Annotations.GetValue("ScoreColumnSetId", ref id);
        return id;
    }

    private sealed class OneValue
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [VectorType(1)]
        public float[] Label { get; set; } = [];
    }

    private sealed class BareKey
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }
    }
}
