using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>Models come back from archives as they were, to the bit.</summary>
[TestClass]
public sealed class SavedModelTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Load_SavedToFileOrStream_ScoresTheSameBits(LearningTask task)
    {
        var data = Examples.Load(_ml);
        var model = Everything(task).Transformer;
        string[] expected = RowTexts.Of(model.Transform(data));

        var fromFile = SavedModels.ThroughFile(model, data.Schema);
        var again = SavedModels.ThroughStream(SavedModels.ThroughStream(fromFile, data.Schema), null);

        fromFile.Should().BeOfType(model.GetType());
        RowTexts.Of(fromFile.Transform(data)).Should().Equal(expected);
        RowTexts.Of(again.Transform(data)).Should().Equal(expected);
    }

    [TestMethod]
    public void Load_ChainOfScalerTrainerAndMappings_ScoresTheSameBits()
    {
        var data = _ml.Data.LoadFromEnumerable(Examples.Rows());
        var model = _ml.Transforms.Conversion.MapValueToKey("Label", "Name")
            .Append(_ml.Transforms.ScaleStandard("Scaled", "Features"))
            .Append(_ml.Transforms.Concatenate("All", "Scaled", "Weight"))
            .Append(_ml.MulticlassClassification.Trainers.DeepMlp(Trainer.Quick with { FeatureColumnName = "All" }))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Append(_ml.Regression.Trainers.DeepMlp(Trainer.Quick with { FeatureColumnName = "Score", LabelColumnName = "Value" }))
            .Fit(data);

        var loaded = SavedModels.ThroughFile(model, data.Schema);

        RowTexts.Of(loaded.Transform(data)).Should().Equal(RowTexts.Of(model.Transform(data)));
        SchemaTexts.Of(loaded.GetOutputSchema(data.Schema)).Should().Equal(SchemaTexts.Of(model.GetOutputSchema(data.Schema)));
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Load_SavedModel_KeepsNetworkWeightsAndHistory(LearningTask task)
    {
        var fitted = Everything(task);

        var loaded = Unwrap(SavedModels.ThroughStream(fitted.Transformer, null));

        loaded.Weights.Should().Equal(fitted.Weights);
        loaded.Model.Network.Should().BeEquivalentTo(fitted.Model.Network, config => config.WithStrictOrdering().RespectingRuntimeTypes());
        loaded.History.Should().BeEquivalentTo(fitted.History, config => config.WithStrictOrdering());
        loaded.History.Epochs.Should().NotBeEmpty();
    }

    [TestMethod]
    public void Load_SavedModel_KeepsWhatItsTaskKnows()
    {
        var multiclass = (DeepMlpMulticlassModelParameters)Reload(Everything(LearningTask.Multiclass)).Model;
        var fitted = Trainer.Fit(LearningTask.Regression, options => options with { LabelColumnName = "Values" });
        var regression = (DeepMlpRegressionModelParameters)Reload(fitted).Model;
        var transformer = (DeepMlpTransformer<DeepMlpRegressionModelParameters>)SavedModels.ThroughStream(fitted.Transformer, null);

        multiclass.ClassNames.Should().Equal(Examples.ClassNames);
        regression.IsVector.Should().BeTrue();
        regression.ClampsScores.Should().BeTrue();
        regression.LabelMinima.Should().Equal(((DeepMlpRegressionModelParameters)fitted.Model).LabelMinima);
        regression.LabelMaxima.Should().Equal(((DeepMlpRegressionModelParameters)fitted.Model).LabelMaxima);
        regression.LabelMeans.Should().Equal(((DeepMlpRegressionModelParameters)fitted.Model).LabelMeans);
        regression.LabelStandardDeviations.Should().Equal(((DeepMlpRegressionModelParameters)fitted.Model).LabelStandardDeviations);
        transformer.FeatureColumnName.Should().Be("Features");
        transformer.FeatureColumnType.Should().Be(new VectorDataViewType(NumberDataViewType.Single, 3));
    }

    [TestMethod]
    [DynamicData(nameof(Activations))]
    public void Load_AnyActivation_KeepsItAndItsConstant(object activation)
    {
        var fitted = Trainer.Fit(LearningTask.Regression, options => options with { Activation = (Activation)activation });

        var loaded = Reload(fitted);

        loaded.Model.Network.Layers.Should().Equal(fitted.Model.Network.Layers);
        RowTexts.Of(loaded.Transformer.Transform(Examples.Load(_ml))).Should().Equal(RowTexts.Of(fitted.Transformer.Transform(Examples.Load(_ml))));
    }

    [TestMethod]
    [DynamicData(nameof(Normalizations))]
    public void Load_AnyNormalization_KeepsItAndItsConstants(object normalization)
    {
        var fitted = Trainer.Fit(LearningTask.Regression, options => options with { Normalization = (Normalization)normalization });

        var loaded = Reload(fitted);

        loaded.Model.Network.Layers.Should().Equal(fitted.Model.Network.Layers);
        loaded.Weights.Should().Equal(fitted.Weights);
        RowTexts.Of(loaded.Transformer.Transform(Examples.Load(_ml))).Should().Equal(RowTexts.Of(fitted.Transformer.Transform(Examples.Load(_ml))));
    }

    [TestMethod]
    public void Save_LoadedModel_WritesTheSameEntries()
    {
        byte[] first = SavedModels.ToBytes(Everything(LearningTask.Multiclass).Transformer, null);
        byte[] second = SavedModels.ToBytes(SavedModels.FromBytes(first), null);

        foreach (string entry in new[] { "Description.json", "Tensors.safetensors" })
        {
            var (archive, again) = (new Archive(first), new Archive(second));
            again[again.Find(entry)].Should().Equal(archive[archive.Find(entry)]);
        }
    }

    [TestMethod]
    public void Load_FittedAndSavedUnderAnotherCulture_KeepsNumbersAndLabels()
    {
        var rows = Examples.Rows();
        var data = _ml.Transforms.Conversion.MapValueToKey("Label", "Rounded").Fit(Rounded(rows)).Transform(Rounded(rows));
        var estimator = _ml.MulticlassClassification.Trainers.DeepMlp(Trainer.Quick).Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        string[] expected = RowTexts.Of(estimator.Fit(data).Transform(data));
        var culture = CultureInfo.CurrentCulture;

        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "−" } };
            var fitted = estimator.Fit(data);

            RowTexts.Of(SavedModels.ThroughStream(fitted, data.Schema).Transform(data)).Should().Equal(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Load_InAProcessThatDoesNotNameTheLibrary_ScoresTheSame(LearningTask task)
    {
        var rows = Examples.Rows(30);
        var data = _ml.Data.LoadFromEnumerable(rows.Select(row => new FileRow { Features = row.Features, Name = row.Name, Truth = row.Truth, Value = row.Value }));
        var options = WithEverything(Trainer.Quick) with { LabelColumnName = task switch { LearningTask.Binary => "Truth", LearningTask.Multiclass => "Key", _ => "Value" } };
        var model = _ml.Transforms.ScaleStandard("Features")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Key", "Name"))
            .Append(Trainer.Of(task, _ml, options))
            .Fit(data);

        OtherProcess.ShouldScoreTheSame(model, data.Schema, rows.Select(row => string.Create(CultureInfo.InvariantCulture,
            $"{row.Features[0]},{row.Features[1]},{row.Features[2]},{row.Name},{(row.Truth ? 1 : 0)},{row.Value}")));
    }

    public static IEnumerable<object[]> Normalizations =>
        new[]
        {
            Normalization.Batch, Normalization.Layer,
            new BatchNormalization { Momentum = 0.3f, Epsilon = 0.01f, Affine = false, Placement = NormalizationPlacement.AfterActivation },
            new LayerNormalization { Epsilon = 0.01f, Affine = false, Placement = NormalizationPlacement.AfterActivation },
        }.Select(normalization => new object[] { normalization });

    public static IEnumerable<object[]> Activations =>
        new[]
        {
            Activation.Identity, Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.LeakyRelu, Activation.Elu,
            Activation.Gelu, Activation.Silu, new LeakyReluActivation(-0.25f), new EluActivation(0.3f),
            new GeluActivation(GeluForm.Tanh), Activation.Selu, Activation.Mish, Activation.PRelu, new MixedActivation(Activation.Selu), new PReluActivation(PerUnit: true, Start: -0.1f), new MaxoutActivation(3), new SoftplusActivation(2),
        }.Select(activation => new object[] { activation });

    private IDataView Rounded(Example[] rows) =>
        _ml.Data.LoadFromEnumerable(rows.Select(row => new RoundedRow { Features = row.Features, Rounded = MathF.Round(row.Features[0]) * 1.5f }));

    /// <summary>A model with layers of every kind.</summary>
    private static Fitted Everything(LearningTask task) => Trainer.Fit(task, WithEverything);

    private static DeepMlpOptions WithEverything(DeepMlpOptions options) => options with
    {
        HiddenLayers = [8, 6],
        Activation = new LeakyReluActivation(0.2f),
        Normalization = Normalization.Batch,
        DropoutRate = 0.2f,
        InputDropoutRate = 0.1f,
        ScalesInputs = true,
    };

    private static Fitted Reload(Fitted fitted) => Unwrap(SavedModels.ThroughStream(fitted.Transformer, null));

    private static Fitted Unwrap(ITransformer transformer) => transformer switch
    {
        DeepMlpTransformer<DeepMlpBinaryModelParameters> binary => Fitted.Of(binary),
        DeepMlpTransformer<DeepMlpMulticlassModelParameters> multiclass => Fitted.Of(multiclass),
        _ => Fitted.Of((DeepMlpTransformer<DeepMlpRegressionModelParameters>)transformer),
    };

    private sealed class FileRow
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public string Name { get; set; } = "";

        public bool Truth { get; set; }

        public float Value { get; set; }
    }

    private sealed class RoundedRow
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public float Rounded { get; set; }
    }
}
