using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>Columns that are missing or of the wrong type are refused with one wording, before any row is read.</summary>
[TestClass]
public sealed class SchemaErrorTests
{
    private const string ExpectedFeatures = "Vector<Single> of known size";
    private const string Convert = " Convert it with Conversion.ConvertType(..., outputKind: DataKind.Single).";
    private const string KnownSize = " Tell its size: [VectorType(n)] on the property, or SchemaDefinition.Create(...)[name].ColumnType = " +
        "new VectorDataViewType(NumberDataViewType.Single, n).";
    private const string ManyLabels = " Learn several labels of a row with ml.MultilabelClassification.";
    private const string ExpectedBinary = "text, Boolean, a number or a date, or a key, of two values";
    private const string ExpectedMulticlass = "text, Boolean, a number or a date, or a key";
    private const string ExpectedRegression = "a number, Boolean, or Vector<Single> of known size";

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(LearningTask.Binary, ExpectedBinary)]
    [DataRow(LearningTask.Multiclass, ExpectedMulticlass)]
    [DataRow(LearningTask.Regression, ExpectedRegression)]
    public void Fit_LabelMissing_NamesTheColumnsThatAreThere(LearningTask task, string expected)
    {
        string message = $"Could not find label column 'Nope' ({expected}). The input has 'Features', 'Text', 'Boolean', 'Single', 'Double', 'Number', " +
            "'Vector', 'Doubles', 'Ragged', 'Key2', 'Key3', 'Keys', 'Id'. (Parameter 'Nope')";

        ErrorsOf(task, options => options with { LabelColumnName = "Nope" }).Should().Equal(message, message);
    }

    [TestMethod]
    [DataRow(LearningTask.Binary, ExpectedBinary, "Vector", "Vector<Single, 2>", "Vector<Single>", ManyLabels)]
    [DataRow(LearningTask.Binary, ExpectedBinary, "Keys", "Vector<Key<UInt32, 0-1>, 2>", "Vector<Key<UInt32>>", "")]
    [DataRow(LearningTask.Multiclass, ExpectedMulticlass, "Doubles", "Vector<Double, 2>", "Vector<Double>", ManyLabels)]
    [DataRow(LearningTask.Multiclass, ExpectedMulticlass, "Keys", "Vector<Key<UInt32, 0-1>, 2>", "Vector<Key<UInt32>>", "")]
    [DataRow(LearningTask.Regression, ExpectedRegression, "Text", "String", "String", " Make numbers of text that has them with " +
        "Conversion.ConvertType(..., outputKind: DataKind.Single), or tell classes apart with ml.MulticlassClassification.")]
    [DataRow(LearningTask.Regression, ExpectedRegression, "Doubles", "Vector<Double, 2>", "Vector<Double>", Convert)]
    [DataRow(LearningTask.Regression, ExpectedRegression, "Key3", "Key<UInt32, 0-2>", "Key<UInt32>", " Keys stand for classes: tell them apart with " +
        "ml.MulticlassClassification, or get numbers back with Conversion.MapKeyToValue.")]
    [DataRow(LearningTask.Regression, ExpectedRegression, "Ragged", "Vector<Single> of unknown size", "Vector<Single> of unknown size", KnownSize)]
    public void Fit_LabelOfWrongType_TellsExpectedAndGotAndWhatToDo(LearningTask task, string expected, string label, string got, string gotByShape, string advice)
    {
        ErrorsOf(task, options => options with { LabelColumnName = label }).Should().Equal(
            $"Schema mismatch for label column '{label}': expected {expected}, got {got}.{advice} (Parameter '{label}')",
            $"Schema mismatch for label column '{label}': expected {expected}, got {gotByShape}.{advice} (Parameter '{label}')");
    }

    [TestMethod]
    [DataRow("Single", "Single", "Single", " Learn one label of a row with ml.BinaryClassification or ml.MulticlassClassification, or make a vector of several with Concatenate.")]
    [DataRow("Ragged", "Vector<Single> of unknown size", "Vector<Single> of unknown size",
        " Tell its size: [VectorType(n)] on the property, or SchemaDefinition.Create(...)[name].ColumnType = new VectorDataViewType(BooleanDataViewType.Instance, n).")]
    public void Fit_ManyLabelsOfWrongType_TellsExpectedAndGotAndWhatToDo(string label, string got, string gotByShape, string advice)
    {
        const string Expected = "Vector<Boolean> or Vector<Single> (of 0 and 1) of known size";
        var estimator = _ml.MultilabelClassification.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = label });

        MessageOf(() => estimator.Fit(Load())).Should().Be($"Schema mismatch for label column '{label}': expected {Expected}, got {got}.{advice} (Parameter '{label}')");
        MessageOf(() => estimator.GetOutputSchema(Shapes.Of(Load())))
            .Should().Be($"Schema mismatch for label column '{label}': expected {Expected}, got {gotByShape}.{advice} (Parameter '{label}')");
    }

    [TestMethod]
    [DataRow(LearningTask.Binary, "Key3", ExpectedBinary, "Key<UInt32, 0-2>. Tell more classes apart with ml.MulticlassClassification.")]
    [DataRow(LearningTask.Multiclass, "Id", "a key of at most 1,000,000 values, of which each is a unit of the network's last layer",
        "one of 18,446,744,073,709,551,615: it is an identifier, and no class.")]
    public void Fit_KeyLabelOfWrongCount_IsRefusedThoughAShapeHasNoCounts(LearningTask task, string label, string expected, string got)
    {
        ErrorsOf(task, options => options with { LabelColumnName = label }).Should().Equal(
            $"Schema mismatch for label column '{label}': expected {expected}, got {got} (Parameter '{label}')", "none");
    }

    [TestMethod]
    [DataRow("Text", "String", "String", " Make numbers of text with Categorical.OneHotEncoding, and a vector of all features with Concatenate.")]
    [DataRow("Single", "Single", "Single", " Make a vector of all features with Concatenate.")]
    [DataRow("Doubles", "Vector<Double, 2>", "Vector<Double>", Convert)]
    [DataRow("Number", "Int32", "Int32", Convert)]
    [DataRow("Ragged", "Vector<Single> of unknown size", "Vector<Single> of unknown size", KnownSize)]
    [DataRow("Keys", "Vector<Key<UInt32, 0-1>, 2>", "Vector<Key<UInt32>>", " Make numbers of keys with Conversion.MapKeyToVector, and a vector of all features with Concatenate.")]
    public void Fit_FeaturesOfWrongType_TellsExpectedAndGotAndWhatToDo(string features, string got, string gotByShape, string advice)
    {
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            ErrorsOf(task, options => options with { FeatureColumnName = features }).Should().Equal(
                $"Schema mismatch for feature column '{features}': expected {ExpectedFeatures}, got {got}.{advice} (Parameter '{features}')",
                $"Schema mismatch for feature column '{features}': expected {ExpectedFeatures}, got {gotByShape}.{advice} (Parameter '{features}')");
        }
    }

    [TestMethod]
    [DataRow("Feature", "Features")]
    [DataRow("featuers", "Features")]
    [DataRow("DOUBLE", "Double")]
    public void Fit_ColumnOfNearlyThatName_NamesIt(string name, string meant)
    {
        ErrorsOf(LearningTask.Regression, options => options with { FeatureColumnName = name }).Should()
            .OnlyContain(message => message.StartsWith($"Could not find feature column '{name}' ({ExpectedFeatures}). Did you mean '{meant}'? The input has 'Features', "));
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
    [DataRow("Double", "Double", "Double", Convert)]
    [DataRow("Vector", "Vector<Single, 2>", "Vector<Single>", "")]
    [DataRow("Key2", "Key<UInt32, 0-1>", "Key<UInt32>", "")]
    public void Fit_WeightOfWrongType_TellsExpectedAndGot(string weight, string got, string gotByShape, string advice)
    {
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            ErrorsOf(task, options => options with { ExampleWeightColumnName = weight }).Should().Equal(
                $"Schema mismatch for example weight column '{weight}': expected Single, got {got}.{advice} (Parameter '{weight}')",
                $"Schema mismatch for example weight column '{weight}': expected Single, got {gotByShape}.{advice} (Parameter '{weight}')");
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
