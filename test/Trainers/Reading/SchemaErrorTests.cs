using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>Columns that are missing or of the wrong type are refused with one wording, before any row is read.</summary>
[TestClass]
public sealed class SchemaErrorTests
{
    private const string ExpectedFeatures = "Vector<Single> of known size (Concatenate makes one)";
    private const string ExpectedBinary = "Boolean, Single (0 or 1) or a key with two values";
    private const string ExpectedMulticlass = "a key of known count (MapValueToKey makes one)";
    private const string ExpectedRegression = "Single or Vector<Single> of known size";

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(LearningTask.Binary, ExpectedBinary)]
    [DataRow(LearningTask.Multiclass, ExpectedMulticlass)]
    [DataRow(LearningTask.Regression, ExpectedRegression)]
    public void Fit_LabelMissing_NamesTheColumnsThatAreThere(LearningTask task, string expected)
    {
        string message = $"Could not find label column 'Nope' ({expected}). The input has 'Features', 'Text', 'Boolean', 'Single', 'Double', 'Number', " +
            "'Vector', 'Doubles', 'Ragged', 'Key2', 'Key3', 'Keys', 'Id'. (Parameter 'inputSchema')";

        ErrorsOf(task, options => options with { LabelColumnName = "Nope" }).Should().Equal(message, message);
    }

    [TestMethod]
    [DataRow(LearningTask.Binary, ExpectedBinary, "Text", "String", "String")]
    [DataRow(LearningTask.Binary, ExpectedBinary, "Double", "Double", "Double")]
    [DataRow(LearningTask.Binary, ExpectedBinary, "Number", "Int32", "Int32")]
    [DataRow(LearningTask.Binary, ExpectedBinary, "Vector", "Vector<Single, 2>", "Vector<Single>")]
    [DataRow(LearningTask.Binary, ExpectedBinary, "Keys", "Vector<Key<UInt32, 0-1>, 2>", "Vector<Key<UInt32>>")]
    [DataRow(LearningTask.Multiclass, ExpectedMulticlass, "Text", "String", "String")]
    [DataRow(LearningTask.Multiclass, ExpectedMulticlass, "Boolean", "Boolean", "Boolean")]
    [DataRow(LearningTask.Multiclass, ExpectedMulticlass, "Single", "Single", "Single")]
    [DataRow(LearningTask.Multiclass, ExpectedMulticlass, "Keys", "Vector<Key<UInt32, 0-1>, 2>", "Vector<Key<UInt32>>")]
    [DataRow(LearningTask.Regression, ExpectedRegression, "Boolean", "Boolean", "Boolean")]
    [DataRow(LearningTask.Regression, ExpectedRegression, "Double", "Double", "Double")]
    [DataRow(LearningTask.Regression, ExpectedRegression, "Doubles", "Vector<Double, 2>", "Vector<Double>")]
    [DataRow(LearningTask.Regression, ExpectedRegression, "Key3", "Key<UInt32, 0-2>", "Key<UInt32>")]
    [DataRow(LearningTask.Regression, ExpectedRegression, "Ragged", "Vector<Single> of unknown size", "Vector<Single> of unknown size")]
    public void Fit_LabelOfWrongType_TellsExpectedAndGot(LearningTask task, string expected, string label, string got, string gotByShape)
    {
        ErrorsOf(task, options => options with { LabelColumnName = label }).Should().Equal(
            $"Schema mismatch for label column '{label}': expected {expected}, got {got}. (Parameter 'inputSchema')",
            $"Schema mismatch for label column '{label}': expected {expected}, got {gotByShape}. (Parameter 'inputSchema')");
    }

    [TestMethod]
    [DataRow(LearningTask.Binary, "Key3", ExpectedBinary, "Key<UInt32, 0-2>")]
    [DataRow(LearningTask.Multiclass, "Id", ExpectedMulticlass, "Key<UInt64, 0-18446744073709551614>")]
    public void Fit_KeyLabelOfWrongCount_IsRefusedThoughAShapeHasNoCounts(LearningTask task, string label, string expected, string got)
    {
        ErrorsOf(task, options => options with { LabelColumnName = label }).Should().Equal(
            $"Schema mismatch for label column '{label}': expected {expected}, got {got}. (Parameter 'inputSchema')", "none");
    }

    [TestMethod]
    [DataRow("Text", "String", "String")]
    [DataRow("Single", "Single", "Single")]
    [DataRow("Doubles", "Vector<Double, 2>", "Vector<Double>")]
    [DataRow("Ragged", "Vector<Single> of unknown size", "Vector<Single> of unknown size")]
    [DataRow("Keys", "Vector<Key<UInt32, 0-1>, 2>", "Vector<Key<UInt32>>")]
    public void Fit_FeaturesOfWrongType_TellsExpectedAndGot(string features, string got, string gotByShape)
    {
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            ErrorsOf(task, options => options with { FeatureColumnName = features }).Should().Equal(
                $"Schema mismatch for feature column '{features}': expected {ExpectedFeatures}, got {got}. (Parameter 'inputSchema')",
                $"Schema mismatch for feature column '{features}': expected {ExpectedFeatures}, got {gotByShape}. (Parameter 'inputSchema')");
        }
    }

    [TestMethod]
    public void Fit_FeaturesMissing_NamesTheColumn()
    {
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            ErrorsOf(task, options => options with { FeatureColumnName = "Nope" }).Should()
                .OnlyContain(message => message.StartsWith($"Could not find feature column 'Nope' ({ExpectedFeatures}). The input has 'Features', "));
        }
    }

    [TestMethod]
    [DataRow("Double", "Double", "Double")]
    [DataRow("Vector", "Vector<Single, 2>", "Vector<Single>")]
    [DataRow("Key2", "Key<UInt32, 0-1>", "Key<UInt32>")]
    public void Fit_WeightOfWrongType_TellsExpectedAndGot(string weight, string got, string gotByShape)
    {
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            ErrorsOf(task, options => options with { ExampleWeightColumnName = weight }).Should().Equal(
                $"Schema mismatch for example weight column '{weight}': expected Single, got {got}. (Parameter 'inputSchema')",
                $"Schema mismatch for example weight column '{weight}': expected Single, got {gotByShape}. (Parameter 'inputSchema')");
        }
    }

    [TestMethod]
    public void Fit_WeightMissing_NamesTheColumn()
    {
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            ErrorsOf(task, options => options with { ExampleWeightColumnName = "Nope" }).Should()
                .OnlyContain(message => message.StartsWith("Could not find example weight column 'Nope' (Single). The input has 'Features', "));
        }
    }

    [TestMethod]
    public void Fit_ValidationDataOfAnotherSchema_IsRefusedBeforeAnyRowIsRead()
    {
        var training = new CountingView(Load());
        var validation = new CountingView(_ml.Data.LoadFromEnumerable([new OtherRow()]));
        var regression = _ml.Regression.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Single" });
        var multiclass = _ml.MulticlassClassification.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Key3", FeatureColumnName = "Vector" });

        Action otherFeatureCount = () => regression.Fit(training, validation);
        Action otherKeyCount = () => multiclass.Fit(training, validation);

        otherFeatureCount.Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Schema mismatch for feature column 'Features': expected Vector<Single, 3>, got Vector<Single, 4>.*");
        otherKeyCount.Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Schema mismatch for validation label column 'Key3': expected Key<UInt32, 0-2>, got Key<UInt32, 0-3>.*");
        training.Requests.Should().BeEmpty();
        validation.Requests.Should().BeEmpty();
    }

    [TestMethod]
    public void Fit_ValidationDataWithoutTheWeight_IsRefused()
    {
        var trainer = _ml.Regression.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Single", FeatureColumnName = "Vector", ExampleWeightColumnName = "Weight" });

        Action fit = () => trainer.Fit(_ml.Data.LoadFromEnumerable([new WeightedRow()]), Load());

        fit.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Could not find example weight column 'Weight' (Single).*");
    }

    /// <summary>The message of Fit and that of GetOutputSchema, each "none" where nothing is refused; neither may read a row.</summary>
    private string[] ErrorsOf(LearningTask task, Func<DeepMlpOptions, DeepMlpOptions> change)
    {
        var counted = new CountingView(Load());
        string label = task switch { LearningTask.Binary => "Boolean", LearningTask.Multiclass => "Key3", _ => "Single" };
        var estimator = Trainer.Of(task, _ml, change(Trainer.Quick with { LabelColumnName = label }));

        string[] messages = [MessageOf(() => estimator.Fit(counted)), MessageOf(() => estimator.GetOutputSchema(Shapes.Of(counted)))];

        counted.Requests.Should().BeEmpty();
        return messages;
    }

    private static string MessageOf(Action action)
    {
        try
        {
            action();
            return "none";
        }
        catch (ArgumentOutOfRangeException exception)
        {
            return exception.Message;
        }
    }

    private IDataView Load() => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(_ => new Row()));

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = new float[3];

        public string Text { get; set; } = "";

        public bool Boolean { get; set; }

        public float Single { get; set; }

        public double Double { get; set; }

        public int Number { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = new float[2];

        [VectorType(2)]
        public double[] Doubles { get; set; } = new double[2];

        public VBuffer<float> Ragged { get; set; }

        [KeyType(2)]
        public uint Key2 { get; set; }

        [KeyType(3)]
        public uint Key3 { get; set; }

        [KeyType(2), VectorType(2)]
        public uint[] Keys { get; set; } = new uint[2];

        [KeyType(ulong.MaxValue)]
        public ulong Id { get; set; }
    }

    private sealed class OtherRow
    {
        [VectorType(4)]
        public float[] Features { get; set; } = new float[4];

        public float Single { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = new float[2];

        [KeyType(4)]
        public uint Key3 { get; set; }
    }

    private sealed class WeightedRow
    {
        [VectorType(2)]
        public float[] Vector { get; set; } = new float[2];

        public float Single { get; set; }

        public float Weight { get; set; } = 1;
    }
}
