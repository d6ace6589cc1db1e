using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Pipeline;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.Reading;

/// <summary>A model knows its features by name: columns in another order, which have the same type, are refused.</summary>
[TestClass]
public sealed class SlotNameTests
{
    private const string Swapped = "the same names in another order: 'Width' in slot 0 for 'Height', 'Height' in slot 1 for 'Width'. " +
        "Put the slots in the same order, as Concatenate gets its columns. (Parameter 'Features')";

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_ValidationWithSlotsInAnotherOrder_IsRefusedBeforeAnyRowIsRead()
    {
        var validation = new CountingView(Load("Width", "Height", "Depth"));

        MessageOf(() => Fit(Load("Height", "Width", "Depth"), validation)).Should().Be(
            $"Schema mismatch for validation feature column 'Features': expected the slots of the training data, got {Swapped}");
        validation.Requests.Should().BeEmpty();
    }

    [TestMethod]
    public void Fit_ValidationWithOtherSlots_IsRefused() =>
        MessageOf(() => Fit(Load("Height", "Width", "Depth"), Load("Height", "Width", "Mass"))).Should().Contain("got 'Mass' in slot 2 for 'Depth'. Give the columns that it was fitted to.");

    [TestMethod]
    public void Fit_ValidationWithoutNames_IsAccepted() => Fit(Load("Height", "Width", "Depth"), Load()).Model.FeatureNames.Should().Equal("Height", "Width", "Depth");

    [TestMethod]
    [DataRow(LearningTask.Binary, false)]
    [DataRow(LearningTask.Multiclass, true)]
    [DataRow(LearningTask.Regression, true)]
    public void Transform_SlotsInAnotherOrder_IsRefused(LearningTask task, bool isLoaded)
    {
        var data = Load("Height", "Width", "Depth");
        var model = Trainer.Of(task, _ml, Trainer.QuickFor(task)).Fit(data);
        if (isLoaded)
            model = SavedModels.ThroughStream(model, data.Schema);
        string expected = $"Schema mismatch for feature column 'Features': expected the slots of the model, got {Swapped}";

        MessageOf(() => model.Transform(Load("Width", "Height", "Depth"))).Should().Be(expected);
        MessageOf(() => model.GetOutputSchema(Load("Width", "Height", "Depth").Schema)).Should().Be(expected);
        model.Transform(data).GetColumn<bool>("Truth").Should().NotBeEmpty();
        model.Transform(Load()).GetColumn<bool>("Truth").Should().NotBeEmpty();
    }

    [TestMethod]
    public void PredictionEngine_SchemaWithSlotsInAnotherOrder_IsRefused()
    {
        var model = Trainer.Of(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression)).Fit(Load("Height", "Width", "Depth"));

        MessageOf(() => _ml.Model.CreatePredictionEngine<Example, Scored>(model, inputSchemaDefinition: Definition("Width", "Height", "Depth"))).Should().EndWith(Swapped);
        _ml.Model.CreatePredictionEngine<Example, Scored>(model).Predict(Examples.Rows()[0]).Score.Should().NotBe(0);
    }

    [TestMethod]
    public void Model_FeaturesWithoutNames_HasNoneAndNoPartInTheArchive()
    {
        var fitted = Fit(Load(), Load());

        fitted.Model.FeatureNames.Should().BeNull();
        var archive = new Archive(SavedModels.ToBytes(fitted.Transformer, null));
        Encoding.UTF8.GetString(archive[archive.Find("Description.json")]).Should().Contain("FeatureColumn").And.NotContain("FeatureNames");
    }

    [TestMethod]
    public void Model_ManyFeatures_KeepsHashesOfTheirNames()
    {
        const int Slots = 5000;
        string[] names = [.. Enumerable.Range(0, Slots).Select(slot => $"word {slot}")];
        var model = _ml.Regression.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Value", HiddenLayers = [] }).Fit(LoadWide(names));
        var loaded = (DeepMlpTransformer<DeepMlpRegressionModelParameters>)SavedModels.ThroughStream(model, null);

        loaded.Model.FeatureNames.Should().BeNull();
        loaded.Transform(LoadWide(names)).GetColumn<float>("Score").Should().Equal(model.Transform(LoadWide(names)).GetColumn<float>("Score"));
        MessageOf(() => loaded.Transform(LoadWide([.. names.Reverse()]))).Should().Contain("the same names in another order: 'word 4999' in slot 0 for another name, ");
    }

    private Fitted Fit(IDataView training, IDataView validation) =>
        Trainer.Fit(LearningTask.Binary, _ml, Trainer.QuickFor(LearningTask.Binary), training, validation);

    private static string MessageOf(Action action) => action.Should().Throw<ArgumentOutOfRangeException>().Which.Message;

    private IDataView Load(params string[] names)
    {
        var rows = _ml.Data.LoadFromEnumerable(Examples.Rows(), Definition(names));
        return _ml.Transforms.Conversion.MapValueToKey("Class", "Name").Fit(rows).Transform(rows);
    }

    private static SchemaDefinition Definition(params string[] names)
    {
        var schema = SchemaDefinition.Create(typeof(Example));
        Name(schema, names);
        return schema;
    }

    private IDataView LoadWide(string[] names)
    {
        var schema = SchemaDefinition.Create(typeof(Wide));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, names.Length);
        Name(schema, names);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(row => new Wide { Features = new(names.Length, 1, [1f], [row]), Value = row }), schema);
    }

    private static void Name(SchemaDefinition schema, string[] names)
    {
        if (names.Length > 0)
            schema["Features"].AddAnnotation(AnnotationNames.SlotNames, Array.ConvertAll(names, name => name.AsMemory()), new VectorDataViewType(TextDataViewType.Instance, names.Length));
    }

    private sealed class Wide
    {
        public VBuffer<float> Features { get; set; }

        public float Value { get; set; }
    }

    private sealed class Scored
    {
        public float Score { get; set; }
    }
}
