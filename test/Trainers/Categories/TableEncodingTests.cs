using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MLExtensions.TestSupport;
using MLExtensions.Transforms;

namespace MLExtensions.Trainers.Tests;

/// <summary>From a raw table of text, numbers and missing values to a model: the encoder of tables before the trainers.</summary>
[TestClass]
public sealed class TableEncodingTests
{
    private const int TrainingRows = 6000;
    private const int TestRows = 4000;

    private static readonly string[] s_numbers = ["Age", "FinalWeight", "EducationYears", "CapitalGain", "CapitalLoss", "HoursPerWeek"];

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Adult_RawTable_IsLearned()
    {
        var model = Fit(out var warnings);

        var scored = model.Transform(Load("adult-test.csv", TestRows));
        _ml.BinaryClassification.Evaluate(scored, labelColumnName: "Income").Accuracy.Should().BeGreaterThanOrEqualTo(0.84);
        warnings.Where(warning => warning.StartsWith("EncodeTable", StringComparison.Ordinal)).Should().BeEmpty();
        var columns = model.OfType<TableEncodingTransformer>().Single().Columns;
        columns.Where(column => column.Kind == TableColumnKind.Number).Select(column => column.Name).Should().BeEquivalentTo(s_numbers);
        columns.Where(column => column.Kind == TableColumnKind.Category).Should().HaveCount(8);
        columns["Occupation"].Categories[^1].Kind.Should().Be(TableCategoryKind.Missing);
    }

    [TestMethod]
    public void Fit_MissingNumbersKept_AreTreatedByTheNetwork()
    {
        var random = new Random(3);
        Measured[] rows = [.. Enumerable.Range(0, 400).Select(i => new Measured { Value = i % 4 == 0 ? float.NaN : (float)random.NextDouble(), Label = i % 4 == 0 })];
        var data = _ml.Data.LoadFromEnumerable(rows);
        var pipeline = _ml.Transforms.EncodeTable("Features", new TableEncodingOptions { MissingNumbers = MissingNumbers.Keep }).Append(_ml.BinaryClassification.Trainers.DeepMlp());

        _ml.BinaryClassification.Evaluate(pipeline.Fit(data).Transform(data)).Accuracy.Should().Be(1, "the label is whether the number is missing");
    }

    [TestMethod]
    public void Adult_SavedModel_ScoresRowsWithoutLabel()
    {
        var model = Fit(out _);
        var loaded = SavedModels.ThroughFile(model, null);
        var person = new Person { Age = 52, Workclass = "?", Education = "Doctorate", EducationYears = 16, MaritalStatus = "Married-civ-spouse", Occupation = "", Relationship = "Husband", Race = "White", Sex = "Male", HoursPerWeek = 60, NativeCountry = "United-States", FinalWeight = 100_000 };

        using var engine = _ml.Model.CreatePredictionEngine<Person, Scored>(model);
        using var again = new MLContext().Model.CreatePredictionEngine<Person, Scored>(loaded);

        engine.Predict(person).Should().BeEquivalentTo(again.Predict(person));
        again.Predict(person).PredictedLabel.Should().Be(">50K");
        again.Predict(person).Probability.Should().BeInRange(0.5f, 1);
    }

    [TestMethod]
    public void Adult_PermutationImportance_NamesSlots()
    {
        var model = Fit(out _);

        var importance = _ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated(model, model.Transform(Load("adult-test.csv", 1000)), labelColumnName: "Income", permutationCount: 1);

        importance.Keys.Should().Contain(["Age", "Workclass", "Relationship"]).And.HaveCount(14);
    }

    [TestMethod]
    public void Adult_OneHotForOtherTrainers_IsLearned()
    {
        var pipeline = Encode(new() { CategoryEncoding = CategoryEncoding.OneHot }).Append(_ml.Transforms.NormalizeMinMax("Features")).Append(_ml.Transforms.Conversion.MapValue("Label", [new("<=50K", false), new KeyValuePair<string, bool>(">50K", true)], "Income"))
            .Append(_ml.BinaryClassification.Trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 20 }));

        var model = pipeline.Fit(Load("adult-train.csv", TrainingRows));

        _ml.BinaryClassification.Evaluate(model.Transform(Load("adult-test.csv", TestRows))).Accuracy.Should().BeGreaterThanOrEqualTo(0.83);
    }

    private TransformerChain<DeepMlpTransformer<DeepMlpBinaryModelParameters>> Fit(out List<string> warnings)
    {
        warnings = Warnings.Of(_ml);
        return Encode(new()).Append(_ml.BinaryClassification.Trainers.DeepMlp(new DeepMlpOptions { LabelColumnName = "Income", NumberOfEpochs = 8 })).Fit(Load("adult-train.csv", TrainingRows));
    }

    private TableEncodingEstimator Encode(TableEncodingOptions options) => _ml.Transforms.EncodeTable("Features", options with { Except = ["Income"] });

    private IDataView Load(string file, int rows) =>
        _ml.Data.TakeRows(_ml.Data.LoadFromTextFile<Person>(Path.Combine(AppContext.BaseDirectory, "Data", file), separatorChar: ',', hasHeader: true), rows);

    private sealed class Person
    {
        [LoadColumn(0)]
        public float Age { get; set; }

        [LoadColumn(1)]
        public string Workclass { get; set; } = "";

        [LoadColumn(2)]
        public float FinalWeight { get; set; }

        [LoadColumn(3)]
        public string Education { get; set; } = "";

        [LoadColumn(4)]
        public float EducationYears { get; set; }

        [LoadColumn(5)]
        public string MaritalStatus { get; set; } = "";

        [LoadColumn(6)]
        public string Occupation { get; set; } = "";

        [LoadColumn(7)]
        public string Relationship { get; set; } = "";

        [LoadColumn(8)]
        public string Race { get; set; } = "";

        [LoadColumn(9)]
        public string Sex { get; set; } = "";

        [LoadColumn(10)]
        public float CapitalGain { get; set; }

        [LoadColumn(11)]
        public float CapitalLoss { get; set; }

        [LoadColumn(12)]
        public float HoursPerWeek { get; set; }

        [LoadColumn(13)]
        public string NativeCountry { get; set; } = "";

        [LoadColumn(14)]
        public string Income { get; set; } = "";
    }

    private sealed class Measured
    {
        public float Value { get; set; }

        public bool Label { get; set; }
    }

    private sealed class Scored
    {
        public string PredictedLabel { get; set; } = "";

        public float Probability { get; set; }
    }
}
