namespace MLExtensions.Networks.Tests.Metrics;

/// <summary>Metrics against values worked out by hand, and what weights, missing labels and ties do to them.</summary>
[TestClass]
public sealed class ValidationMetricTests
{
    private const double Exact = 1e-12;

    public static IEnumerable<object[]> All => ValidationMetric.All.Select(metric => new object[] { metric.Name });

    [TestMethod]
    [DataRow("accuracy", 0.6)]
    [DataRow("macro accuracy", (1 / 2.0 + 2 / 3.0) / 2)]
    [DataRow("F1", 0.5)]
    [DataRow("AUC", 3.5 / 6)]
    public void Measure_TwoClasses_IsWorkedByHand(string name, double expected) =>
        ValidationMetric.OfName(name).Measure([2, -1, -1, 3, -2], [1, 1, 0, 0, 0]).Should().BeApproximately(expected, Exact);

    [TestMethod]
    public void Measure_LogLossOfTwoClasses_IsInBitsAndFinite()
    {
        double expected = (-Math.Log2(1 / (1 + Math.Exp(-2))) - Math.Log2(1 - 1 / (1 + Math.Exp(1))) + 1000 / Math.Log(2)) / 3;

        ValidationMetric.LogLoss.Measure([2, -1, 1000], [1, 0, 0]).Should().BeApproximately(expected, 1e-9);
    }

    [TestMethod]
    public void Measure_LogLossOfClasses_IsInNaturalUnitsAndFinite() =>
        ValidationMetric.LogLoss.Measure([0.5f, 0.25f, 0.25f, 0, 1, 0], [1, 0], [1, 1]).Should().BeApproximately((Math.Log(4) - Math.Log(1e-15)) / 2, Exact);

    [TestMethod]
    [DataRow("accuracy", 2 / 3.0)]
    [DataRow("macro accuracy", (1 / 2.0 + 1) / 2)]
    [DataRow("macro F1", (2 / 3.0 + 1 + 0) / 3)]
    public void Measure_SeveralClasses_LeavesOutThoseWithoutRows(string name, double expected)
    {
        float[] scores = [0.6f, 0.3f, 0.1f, 0, 0.2f, 0.3f, 0.5f, 0, 0.1f, 0.8f, 0.1f, 0, 0.4f, 0.4f, 0.2f, 0];

        ValidationMetric.OfName(name).Measure(scores, [0, 0, 1, 0], [1, 1, 1, 0]).Should().BeApproximately(expected, Exact);
    }

    [TestMethod]
    public void Measure_AreaOfSeveralClasses_IsTheMeanOfEachAgainstTheOthers()
    {
        float[] scores = [0.8f, 0.1f, 0.1f, 0.3f, 0.6f, 0.1f, 0.5f, 0.1f, 0.4f, 0.4f, 0.5f, 0.1f];

        // Of the third class there is no row.
        ValidationMetric.AreaUnderRocCurve.Measure(scores, [0, 1, 1, 0], [1, 1, 1, 1]).Should().BeApproximately((3 / 4.0 + 2.5 / 4) / 2, Exact);
    }

    [TestMethod]
    [DataRow("label accuracy", 4 / 5.0)]
    [DataRow("subset accuracy", 2 / 3.0)]
    [DataRow("micro F1", 4 / 5.0)]
    [DataRow("macro F1", (1 + 2 / 3.0) / 2)]
    [DataRow("AUC", 1.0)]
    public void Measure_SeveralLabels_LeavesOutMissingOnes(string name, double expected) =>
        ValidationMetric.OfName(name).Measure([1, 2, -1, 3, -2, 1], [1, 1, 0, float.NaN, 0, 0], [1, 1, 1]).Should().BeApproximately(expected, Exact);

    [TestMethod]
    [DataRow("MSE", (5 / 3.0 + 16 / 2.0) / 2)]
    [DataRow("MAE", (1 + 2) / 2.0)]
    [DataRow("R2", (1 - 5 / 8.0 + 1 - 16 / 2.0) / 2)]
    public void Measure_SeveralOutputs_IsTheMeanOverThem(string name, double expected)
    {
        // Errors 1, -2, 0 of labels 0, 2, 4; of the second output 4, one missing, and 0 of 10, 8.
        double value = ValidationMetric.OfName(name == "MSE" ? "RMSE" : name).Measure([1, 14, 0, 7, 4, 8], [0, 10, 2, float.NaN, 4, 8], [1, 1, 1]);

        (name == "MSE" ? value * value : value).Should().BeApproximately(expected, Exact);
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Measure_WeightOfTwo_CountsAsTheRowTwice(string name)
    {
        var metric = ValidationMetric.OfName(name);
        var (scores, labels, scoreCount, labelCount) = Rows(metric);
        int rows = labels.Length / labelCount;
        float[] weights = [.. Enumerable.Range(0, rows).Select(row => 1f + row % 3)];
        int[] repeated = [.. Enumerable.Range(0, rows).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];

        double weighted = metric.Measure(scores, labels, weights);

        float[] ones = [.. repeated.Select(_ => 1f)];
        weighted.Should().BeApproximately(metric.Measure(Take(scores, scoreCount), Take(labels, labelCount), ones), name == "AUPRC" ? 0.02 : 1e-9)
            .And.NotBe(metric.Measure(scores, labels, [.. weights.Select(_ => 1f)]), "weights count");

        float[] Take(float[] values, int count) => [.. repeated.SelectMany(row => values.AsSpan(row * count, count).ToArray())];
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Measure_RowsOfWeightZero_CountNothing(string name)
    {
        var metric = ValidationMetric.OfName(name);
        var (scores, labels, scoreCount, labelCount) = Rows(metric);
        int rows = labels.Length / labelCount, kept = rows - 20;
        float[] weights = [.. Enumerable.Range(0, rows).Select(row => row < kept ? 1f : 0)];

        metric.Measure(scores, labels, weights).Should().BeApproximately(metric.Measure(scores.AsSpan(0, kept * scoreCount), labels.AsSpan(0, kept * labelCount), weights.AsSpan(0, kept)), 1e-9);
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Measure_ScoresThatAreBetter_AreOnTheBetterSide(string name)
    {
        var metric = ValidationMetric.OfName(name);
        var (scores, labels, scoreCount, labelCount) = Rows(metric);
        float[] weights = [.. Enumerable.Repeat(1f, labels.Length / labelCount)];
        float[] better = scoreCount == labelCount && metric.Tasks == LossTasks.Regression
            ? [.. scores.Zip(labels, (score, label) => (score + label) / 2)]
            : [.. scores.Index().Select(item => Truth(item.Index) ? item.Item + 0.3f : item.Item)];

        double difference = metric.Measure(better, labels, weights) - metric.Measure(scores, labels, weights);

        (metric.HigherIsBetter ? difference : -difference).Should().BePositive();

        bool Truth(int index) => scoreCount > labelCount ? labels[index / scoreCount] == index % scoreCount : labels[index] > 0;
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Measure_ScoreOfNaN_IsNaN(string name)
    {
        var metric = ValidationMetric.OfName(name);
        var (scores, labels, _, labelCount) = Rows(metric);
        scores[7] = float.NaN;

        metric.Measure(scores, labels, [.. Enumerable.Repeat(1f, labels.Length / labelCount)]).Should().Be(double.NaN);
    }

    [TestMethod]
    [DataRow("AUC", 0f)]
    [DataRow("AUC", 1f)]
    [DataRow("AUPRC", 0f)]
    [DataRow("R2", 3f)]
    public void Measure_RowsThatGiveNone_IsNaN(string name, float label) =>
        ValidationMetric.OfName(name).Measure([1, 2, 3], [label, label, label]).Should().Be(double.NaN);

    [TestMethod]
    public void Measure_AreaUnderPrecisionRecallCurveOfEqualScores_IsNearTheShareOfPositivesWhateverTheOrder()
    {
        float[] scores = new float[1000];
        float[] first = [.. Enumerable.Range(0, 1000).Select(row => row < 20 ? 1f : 0)];

        double area = ValidationMetric.AreaUnderPrecisionRecallCurve.Measure(scores, first);

        area.Should().BeApproximately(0.02, 1e-3);
        ValidationMetric.AreaUnderPrecisionRecallCurve.Measure(scores, [.. first.Reverse()]).Should().Be(area);
    }

    [TestMethod]
    public void Measure_LengthsThatDoNotFit_AreRefused()
    {
        var act = () => ValidationMetric.Accuracy.Measure([1, 2, 3], [0, 1], [1, 1]);

        act.Should().Throw<ArgumentException>().WithMessage("Expected rows of one label at least and as many scores or more, got 3 scores and 2 labels of 2 rows.");
    }

    [TestMethod]
    [DataRow("AreaUnderRocCurve", "AUC")]
    [DataRow("auc", "AUC")]
    [DataRow("microaccuracy", "accuracy")]
    [DataRow("RSquared", "R2")]
    public void OfName_NameOfMemberOrOfMetric_FindsIt(string name, string expected) => ValidationMetric.OfName(name).Name.Should().Be(expected);

    [TestMethod]
    public void OfName_Unknown_ListsAll()
    {
        var act = () => ValidationMetric.OfName("gini");

        act.Should().Throw<ArgumentException>().WithMessage("There is no metric 'gini': expected one of Accuracy, MicroAccuracy, MacroAccuracy, AreaUnderRocCurve, AreaUnderPrecisionRecallCurve, F1Score, MicroF1, " +
            "MacroF1, LabelAccuracy, SubsetAccuracy, LogLoss, RootMeanSquaredError, MeanAbsoluteError, RSquared.*");
    }

    [TestMethod]
    public void All_Metrics_AreAllStaticMembers()
    {
        var members = typeof(ValidationMetric).GetProperties().Where(property => property.PropertyType == typeof(ValidationMetric)).Select(property => property.GetValue(null)).Distinct();

        ValidationMetric.All.Should().BeEquivalentTo(members).And.OnlyHaveUniqueItems(metric => metric.Name);
        ValidationMetric.All.Should().OnlyContain(metric => metric.Tasks != LossTasks.None);
    }

    [TestMethod]
    public void CustomMetric_Rows_AreHandedOverAsTheyAre()
    {
        var metric = new CustomMetric("cost", HigherIsBetter: false, (scores, labels, weights) => 100 * scores[1] + 10 * labels[0] + weights[2]);

        metric.Measure([1, 2, 3], [4, 5, 6], [7, 8, 9]).Should().Be(249);
        (metric.Name, metric.HigherIsBetter, metric.ToString()).Should().Be(("cost", false, "cost"));
    }

    // 60 rows of the first task that the metric is for; scores of classes are no more than 1 in all.
    private static (float[] Scores, float[] Labels, int ScoreCount, int LabelCount) Rows(ValidationMetric metric)
    {
        var random = new Random(4);
        const int Count = 60;
        if (metric.Tasks == LossTasks.Regression)
            return (Values(2 * Count, () => random.NextSingle()), Values(2 * Count, () => random.NextSingle()), 2, 2);
        if (metric.Tasks.HasFlag(LossTasks.MulticlassClassification) && !metric.Tasks.HasFlag(LossTasks.BinaryClassification))
            return (Values(3 * Count, () => random.NextSingle() / 3), Values(Count, () => random.Next(3)), 3, 1);
        int labels = metric.Tasks.HasFlag(LossTasks.BinaryClassification) ? 1 : 2;
        return (Values(labels * Count, () => 2 * random.NextSingle() - 1), Values(labels * Count, () => random.Next(2)), labels, labels);

        static float[] Values(int count, Func<float> next) => [.. Enumerable.Range(0, count).Select(_ => next())];
    }
}
