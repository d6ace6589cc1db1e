using Microsoft.ML;

namespace MLExtensions.Trainers.Tests;

/// <summary>Values that are no index, and columns that contradict what a model was trained on.</summary>
[TestClass]
public sealed class CategoryErrorTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(-1f, "-1")]
    [DataRow(4f, "4")]
    [DataRow(1.5f, "1.5")]
    [DataRow(3e9f, "3E+09")]
    public void Fit_NoIndex_NamesRowSlotAndRange(float value, string text)
    {
        var rows = CategoryRow.Draw();
        rows[17].Features[1] = value;
        string message = $"Row 17 (counted from 0) of feature column 'Features' of the training data has {text} in slot 1: expected the index of one of 4 categories, " +
            "a whole number from 0 to 3. Give values that are none of these an index among them, or drop such rows.";
        string ofValidation = message.Replace("training", "validation");

        foreach (var task in Enum.GetValues<LearningTask>())
            MessageOf<InvalidOperationException>(() => Trainer.Fit(task, _ml, Trainer.QuickFor(task), Load(rows))).Should().Be(message);
        MessageOf<InvalidOperationException>(() => Trainer.Fit(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression), Load(CategoryRow.Draw()), Load(rows)))
            .Should().Be(ofValidation);
        MessageOf<InvalidOperationException>(() => Trainer.Fit(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression),
            Load(CategoryRow.Draw()), CategoryRow.Load(_ml, rows, null))).Should().Be(ofValidation, "validation rows are checked without an annotation of their own");
    }

    [TestMethod]
    public void Fit_NoIndexInANamedSlot_TellsTheName()
    {
        var rows = CategoryRow.Draw();
        rows[3].Features[3] = 3;

        MessageOf<InvalidOperationException>(() => Fit(CategoryRow.Load(_ml, rows, CategoryRow.Counts, names: true))).Should().StartWith(
            "Row 3 (counted from 0) of feature column 'Features' of the training data has 3 in slot 3 ('Size'): expected the index of one of 3 categories, a whole number from 0 to 2. ");
    }

    [TestMethod]
    public void Fit_InfinityInACategory_SaysWhatItSaysOfNumbers()
    {
        var rows = CategoryRow.Draw();
        rows[3].Features[1] = float.PositiveInfinity;

        MessageOf<InvalidOperationException>(() => Fit(Load(rows))).Should().StartWith(
            "Row 3 (counted from 0) of feature column 'Features' of the training data has Infinity in slot 1: expected finite numbers. ");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Transform_NoIndex_NamesRowSlotAndRange(bool hasAnnotation)
    {
        var fitted = Fit(Load(CategoryRow.Draw()));
        var rows = CategoryRow.Draw();
        rows[5].Features[1] = 7;

        var scored = fitted.Transformer.Transform(CategoryRow.Load(_ml, rows, hasAnnotation ? CategoryRow.Counts : null));

        MessageOf<InvalidOperationException>(() => scored.Preview(100)).Should().Be(
            "Row 5 (counted from 0) of feature column 'Features' has 7 in slot 1: expected the index of one of 4 categories, " +
            "a whole number from 0 to 3. Give values that are none of these an index among them, or drop such rows.");
    }

    [TestMethod]
    [DataRow(new[] { 0, 5, 0, 3 }, "one of 4 categories in slot 1 ('Color')", "one of 5 categories in slot 1")]
    [DataRow(new[] { 0, 4, 0, 0 }, "one of 3 categories in slot 3 ('Size')", "a number in slot 3")]
    [DataRow(new[] { 2, 4, 0, 3 }, "a number in slot 0 ('Height')", "one of 2 categories in slot 0")]
    [DataRow(new[] { 0, 0, 0, 0 }, "one of 4 categories in slot 1 ('Color')", "a number in slot 1")]
    public void Transform_AnnotationContradictsTheModel_IsRefusedBeforeAnyRow(int[] counts, string expected, string got)
    {
        var training = Load(CategoryRow.Draw());
        var fitted = Fit(training);
        var other = CategoryRow.Load(_ml, CategoryRow.Draw(), counts, names: true);
        string message = $"Schema mismatch for feature column 'Features': expected {expected}, got {got}, as annotation CategoryCounts tells. (Parameter 'Features')";

        MessageOf<ArgumentOutOfRangeException>(() => fitted.Transformer.Transform(other)).Should().Be(message);
        MessageOf<ArgumentOutOfRangeException>(() => fitted.Transformer.GetOutputSchema(other.Schema)).Should().Be(message);
        MessageOf<ArgumentOutOfRangeException>(() => Trainer.Fit(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression), training, other)).Should().Be(message);
    }

    [TestMethod]
    public void Transform_ModelOfNumbers_RefusesCategories()
    {
        var fitted = Fit(CategoryRow.Load(_ml, CategoryRow.Draw(), null));

        MessageOf<ArgumentOutOfRangeException>(() => fitted.Transformer.Transform(Load(CategoryRow.Draw()))).Should().Be(
            "Schema mismatch for feature column 'Features': expected a number in slot 1, got one of 4 categories in slot 1, as annotation CategoryCounts tells. (Parameter 'Features')");
    }

    [TestMethod]
    [DataRow(new[] { 0, -1, 0, 3 }, "annotation CategoryCounts to have from 0 to 16777216 in each slot", "-1 in slot 1")]
    [DataRow(new[] { 0, 4, 0, 16777217 }, "annotation CategoryCounts to have from 0 to 16777216 in each slot", "16777217 in slot 3")]
    [DataRow(new[] { 0, 4, 0 }, "annotation CategoryCounts of type Vector<Int32, 4>", "Vector<Int32, 3>")]
    public void Fit_AnnotationThatCannotBe_IsRefused(int[] counts, string expected, string got) =>
        MessageOf<ArgumentOutOfRangeException>(() => Fit(CategoryRow.Load(_ml, CategoryRow.Draw(), counts))).Should().Be(
            $"Schema mismatch for feature column 'Features': expected {expected}, got {got}. (Parameter 'Features')");

    private Fitted Fit(IDataView data) => Trainer.Fit(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression), data);

    private IDataView Load(CategoryRow[] rows) => CategoryRow.Load(_ml, rows, CategoryRow.Counts);

    private static string MessageOf<TException>(Action action)
        where TException : Exception => action.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<TException>().Which.Message;
}
