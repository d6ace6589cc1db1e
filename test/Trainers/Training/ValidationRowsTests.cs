using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests.Training;

/// <summary>Which rows are set aside: told by a metric that sees the labels of the validation rows, which are the numbers of rows.</summary>
[TestClass]
public sealed class ValidationRowsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void CrossValidate_PatientsOfNearlyEqualRows_TellWhatNewPatientsWillBeLike()
    {
        var data = Patients();
        var options = Trainer.Quick with { NumberOfEpochs = 60, HiddenLayers = [64], BatchSize = 32, Optimizer = new AdamOptions { LearningRate = 0.01f } };

        double byGroup = Accuracy(ValidationRows.ByGroup("Patient")), random = Accuracy(ValidationRows.Random);

        byGroup.Should().BeInRange(0.3, 0.72, "labels of patients are drawn at random");
        random.Should().BeGreaterThan(0.95, "rows of the same patients are trained on");

        // Of all epochs of all folds, since the best of many epochs is better by chance.
        double Accuracy(ValidationRows rows) => _ml.BinaryClassification.CrossValidate(data,
            _ml.BinaryClassification.Trainers.DeepMlp(options with { EarlyStopping = new() { ValidationRows = rows, Patience = 60 } }), numberOfFolds: 4, samplingKeyColumnName: "Patient")
            .Average(fold => fold.Model.TrainingHistory().Epochs.Skip(30).Average(epoch => epoch.ValidationMetric!.Value));
    }

    [TestMethod]
    [DataRow("Text")]
    [DataRow("Key")]
    [DataRow("Number")]
    [DataRow("Whole")]
    [DataRow("Truth")]
    [DataRow("Date")]
    public void ByGroup_ColumnOfAnyType_KeepsGroupsTogether(string column)
    {
        int[] aside = Aside(ValidationRows.ByGroup(column));

        aside.Should().HaveCountGreaterThan(4);
        aside.Select(row => GroupOf(column, row)).Should().NotIntersectWith(Enumerable.Range(0, Count).Except(aside).Select(row => GroupOf(column, row)));
    }

    [TestMethod]
    [DataRow("Number")]
    [DataRow("Whole")]
    [DataRow("Date")]
    [DataRow("Offset")]
    [DataRow("Span")]
    public void ByTime_ColumnOfAnyType_SetsTheLatestRowsAside(string column)
    {
        int[] aside = Aside(ValidationRows.ByTime(column));

        // Times fall from row to row, four rows each.
        aside.Should().Equal(Enumerable.Range(0, 20));
    }

    [TestMethod]
    public void Last_Rows_AreTheLast() => Aside(ValidationRows.Last).Should().Equal(Enumerable.Range(Count - 18, 18));

    [TestMethod]
    public void Random_Default_IsTheSameAsBefore()
    {
        int[] aside = Aside(ValidationRows.Random);

        aside.Should().HaveCount(18).And.Equal(Aside(null));
        aside.Should().NotEqual(Aside(ValidationRows.ByGroup("Key")));
    }

    [TestMethod]
    public void ByGroup_MissingGroups_AreOneGroupAndWarnedOf()
    {
        var warnings = Warnings.Of(_ml);

        int[] aside = Aside(ValidationRows.ByGroup("Lacking"));

        int[] lacking = [.. Enumerable.Range(0, Count).Where(row => row % 10 == 0)];
        (aside.Intersect(lacking).Count() is var count && (count == 0 || count == lacking.Length)).Should().BeTrue();
        warnings.Should().ContainSingle(warning => warning.Contains("12 of 120 training rows have no value in group column 'Lacking' (EarlyStopping.ValidationRows), and are kept together as one group"));
    }

    [TestMethod]
    public void ByGroup_TwoLargeGroups_WarnsOfTheShare()
    {
        var warnings = Warnings.Of(_ml);

        Aside(ValidationRows.ByGroup("Truth")).Should().HaveCount(60);

        warnings.Should().ContainSingle(warning => warning.Contains("50 % of the rows are set aside, where EarlyStopping.ValidationFraction asks for 15 %: groups of column 'Truth' are not divided, and one of them is large."));
    }

    [TestMethod]
    public void ByGroup_MoreKeysThanRows_IsAsRandomRows()
    {
        Aside(ValidationRows.ByGroup("Id")).Should().HaveCount(18).And.NotBeInDescendingOrder();
    }

    [TestMethod]
    public void ByGroup_RowsOfWeightZero_AreNone()
    {
        int[] aside = Aside(ValidationRows.ByGroup("Text"), options => options with { ExampleWeightColumnName = "Weight" });

        aside.Should().NotContain(row => row % 3 == 0, "their weight is 0").And.HaveCountGreaterThan(4);
    }

    [TestMethod]
    public void ByGroup_RowsWithoutLabel_KeepTheGroupsOfTheOthers()
    {
        int[] aside = Aside(ValidationRows.ByGroup("Text"), options => options with { MissingLabels = MissingLabels.Skip }, row => row % 3 == 0 ? float.NaN : row);

        aside.Select(row => GroupOf("Text", row)).Should().NotIntersectWith(Enumerable.Range(0, Count).Where(row => row % 3 != 0).Except(aside).Select(row => GroupOf("Text", row)));
    }

    [TestMethod]
    public void ByGroup_Classes_HaveTheirShares()
    {
        var model = _ml.MulticlassClassification.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Name", StratifiedBatches = true, EarlyStopping = new() { ValidationRows = ValidationRows.ByGroup("Text"), ValidationFraction = 0.25f } }).Fit(Load());

        model.History.ValidationRows.Should().BeInRange(24, 36);
        model.History.Epochs.Should().OnlyContain(epoch => epoch.ValidationMetric != null);
    }

    [TestMethod]
    public void ByGroup_EnsembleOfFolds_KeepsGroupsTogetherInOutOfFoldRows()
    {
        var options = Options(ValidationRows.ByGroup("Text"), null) with { Ensemble = new() { Members = 3 } };

        var model = _ml.Regression.Trainers.DeepMlp(options).Fit(Load());

        var memberOf = model.OutOfFold!.ToDictionary(prediction => (int)prediction.Row, prediction => prediction.Member!.Value);
        memberOf.Should().HaveCount(Count);
        memberOf.GroupBy(pair => GroupOf("Text", pair.Key)).Should().AllSatisfy(group => group.Select(pair => pair.Value).Distinct().Should().ContainSingle());
        memberOf.GroupBy(pair => pair.Value).Should().HaveCount(3).And.AllSatisfy(member => member.Count().Should().BeInRange(36, 44));
    }

    [TestMethod]
    public void Last_EnsembleWithoutFolds_ValidatesAllMembersOnTheLastRows()
    {
        var seen = new List<int[]>();
        var options = Options(ValidationRows.Last, seen) with { Ensemble = new() { Members = 2, Folds = false }, NumberOfEpochs = 1, Engine = new ManagedEngine { Threads = 1 } };

        var model = _ml.Regression.Trainers.DeepMlp(options).Fit(Load());

        model.OutOfFold.Should().BeNull();
        seen.Should().HaveCountGreaterThan(1).And.AllSatisfy(rows => rows.Should().Equal(Enumerable.Range(Count - 18, 18)));
    }

    [TestMethod]
    public void ByGroup_RefitOnAllRows_TrainsOnAllRows()
    {
        var model = _ml.Regression.Trainers.DeepMlp(Options(ValidationRows.ByGroup("Text"), null) with { RefitOnAllRows = true }).Fit(Load());

        model.History.Refit!.TrainingRows.Should().Be(Count);
    }

    [TestMethod]
    public void Fit_ValidationSet_TakesThatAndReadsNoGroups()
    {
        var model = _ml.Regression.Trainers.DeepMlp(Options(ValidationRows.ByTime("LackingTime"), null)).Fit(Load(), Load(row => row < 7 ? row : float.NaN, skip: row => row >= 7));

        model.History.ValidationRows.Should().Be(7);
    }

    [TestMethod]
    public void ByTime_MissingTime_NamesTheRow()
    {
        var act = () => Aside(ValidationRows.ByTime("LackingTime"));

        act.Should().Throw<InvalidOperationException>().WithMessage("Row 10 (counted from 0) of time column 'LackingTime' (EarlyStopping.ValidationRows) has no value: expected one in each row. Fill it in, or drop such rows.");
    }

    [TestMethod]
    public void ByTime_OneTime_SaysWhatToDo()
    {
        var act = () => Aside(ValidationRows.ByTime("Same"));

        act.Should().Throw<InvalidOperationException>().WithMessage("All 120 training rows have the same time in column 'Same' (EarlyStopping.ValidationRows): expected two times at least. *");
    }

    [TestMethod]
    public void Fit_ColumnMissingOrOfTheWrongType_IsRefusedBeforeRowsAreRead()
    {
        Refused(ValidationRows.ByGroup("Pateint")).Should().Contain("group column 'Pateint'");
        Refused(ValidationRows.ByGroup("Features")).Should().Contain("Schema mismatch for group column 'Features': expected text, Boolean, a number or a date, or a key, got");
        Refused(ValidationRows.ByTime("Text")).Should().Contain("Schema mismatch for time column 'Text': expected a date, a time or a number, got").And.Contain("Make dates of text");
        Refused(ValidationRows.ByTime("Key")).Should().Contain("Schema mismatch for time column 'Key'");

        string Refused(ValidationRows rows)
        {
            var trainer = _ml.Regression.Trainers.DeepMlp(Options(rows, null));
            var chain = new EstimatorChain<ITransformer>().Append(trainer);
            Action fit = () => trainer.Fit(Load()), fitChain = () => chain.Fit(Load());
            string message = fit.Should().Throw<ArgumentOutOfRangeException>().Which.Message;
            fitChain.Should().Throw<ArgumentOutOfRangeException>("the schema is checked before anything is fitted");
            return message;
        }
    }

    [TestMethod]
    public void Constructor_RowsThatDoNotFit_AreRefused()
    {
        var options = Trainer.Quick with { EarlyStopping = new() { ValidationRows = ValidationRows.Last }, Ensemble = new() };
        Invalid(options).Should().Contain("Ensemble.Folds cannot be with EarlyStopping.ValidationRows Last, since folds would train on rows later than those they validate on: set Ensemble.Folds = false, with which all members validate on the last rows");
        Invalid(Trainer.Quick with { EarlyStopping = new() { ValidationRows = ValidationRows.ByGroup("") } }).Should().Contain("EarlyStopping.ValidationRows must name a column, got an empty name");
        Invalid(Trainer.Quick with { EarlyStopping = new() { ValidationRows = null! } }).Should().Contain("EarlyStopping.ValidationRows must not be null");
        Invalid(Trainer.Quick with { EarlyStopping = new() { ValidationRows = ValidationRows.ByTime("Date"), Monitor = MonitoredValue.TrainingLoss } }).Should().Contain(
            "EarlyStopping.ValidationRows ByTime(\"Date\") has no effect where Monitor is TrainingLoss, which sets no rows aside: leave one of them at its default");

        string Invalid(DeepMlpOptions invalid) => ((Action)(() => _ml.Regression.Trainers.DeepMlp(invalid))).Should().Throw<ArgumentException>().Which.Message;
    }

    private const int Count = 120;

    // The rows that are set aside, in order.
    private int[] Aside(ValidationRows? rows, Func<DeepMlpOptions, DeepMlpOptions>? change = null, Func<int, float>? label = null)
    {
        var seen = new List<int[]>();
        var options = Options(rows, seen);
        _ml.Regression.Trainers.DeepMlp(change?.Invoke(options) ?? options).Fit(Load(label));
        return seen[0];
    }

    private static DeepMlpOptions Options(ValidationRows? rows, List<int[]>? seen)
    {
        var metric = new CustomMetric("rows", HigherIsBetter: true, (_, labels, weights) =>
        {
            seen?.Add([.. labels.ToArray().Select(label => (int)label)]);
            return 1;
        });
        var stopping = new EarlyStoppingOptions { Metric = metric };
        return Trainer.Quick with { LabelColumnName = "Row", EarlyStopping = rows is null ? stopping : stopping with { ValidationRows = rows } };
    }

    private static string GroupOf(string column, int row) => column is "Truth" ? $"{row % 2}" : $"{row / 4}";

    private IDataView Load(Func<int, float>? label = null, Func<int, bool>? skip = null) => _ml.Transforms.Conversion.MapValueToKey("Key", "Text").Append(_ml.Transforms.Conversion.MapValueToKey("Id", "Row"))
        .Fit(Raw(null, null)).Transform(Raw(label, skip));

    private IDataView Raw(Func<int, float>? label, Func<int, bool>? skip)
    {
        var random = new Random(2);
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, Count).Where(row => skip?.Invoke(row) != true).Select(row => new Row
        {
            Features = [random.NextSingle(), random.NextSingle()],
            Value = label?.Invoke(row) ?? row,
            Text = $"group {row / 4}",
            Number = 1e9f - 1000 * (row / 4),
            Whole = long.MaxValue - row / 4,
            Truth = row % 2 == 0,
            Date = start.AddTicks(-(row / 4)),
            Offset = new DateTimeOffset(start).AddTicks(-(row / 4)),
            Span = TimeSpan.FromTicks(-(row / 4)),
            Lacking = row % 10 == 0 ? float.NaN : row / 4,
            LackingTime = row == 10 ? default : start.AddDays(row),
            Name = row / 4 % 3 == 0 ? "red" : "blue",
            Weight = row % 3,
        }).ToArray());
    }

    // 60 patients of 20 nearly equal rows each, and labels of patients that nothing tells.
    private IDataView Patients()
    {
        var random = new Random(6);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).SelectMany(patient =>
        {
            float[] features = [.. Enumerable.Range(0, 6).Select(_ => 2 * random.NextSingle() - 1)];
            bool label = random.Next(2) == 1;
            return Enumerable.Range(0, 20).Select(_ => new PatientRow { Patient = $"P{patient}", Label = label, Features = [.. features.Select(feature => feature + 0.02f * random.NextSingle())] }).ToArray();
        }).ToArray());
    }

    private sealed class PatientRow
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public string Patient { get; set; } = "";
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [ColumnName("Row")]
        public float Value { get; set; }

        public string Text { get; set; } = "";

        public float Number { get; set; }

        public long Whole { get; set; }

        public bool Truth { get; set; }

        public DateTime Date { get; set; }

        public DateTimeOffset Offset { get; set; }

        public TimeSpan Span { get; set; }

        public float Lacking { get; set; }

        public DateTime LackingTime { get; set; }

        public int Same { get; set; }

        public string Name { get; set; } = "";

        public float Weight { get; set; }
    }
}
