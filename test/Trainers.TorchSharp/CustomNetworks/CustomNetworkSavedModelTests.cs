using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>An archive holds the state of a module and its name; the code is the loading application's.</summary>
[TestClass]
public sealed class CustomNetworkSavedModelTests
{
    private const string NotRegistered =
        "The model's network 'residual' is code of the application, which no archive holds: register it before the model is loaded, " +
        "with ml.RegisterTorchSharpNetwork(\"residual\", ...) of MLExtensions.Trainers.TorchSharp, on the MLContext that loads.";

    private static readonly string s_program = typeof(CustomNetworkSavedModelTests).Assembly.Location;

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Load_Registered_ScoresTheSameBits(LearningTask task)
    {
        var data = Examples.Load(_ml);
        var model = Trainer.Fit(task, _ml, Networks.OptionsFor(task, Networks.Residual), data).Transformer;
        byte[] archive = SavedModels.ToBytes(model, data.Schema);

        var loaded = new MLContext().RegisterTorchSharpNetwork(Networks.Residual).Model.Load(new MemoryStream(archive), out _);

        RowTexts.Of(loaded.Transform(data), "Score").Should().Equal(RowTexts.Of(model.Transform(data), "Score"));
        SavedModels.ToBytes(loaded, data.Schema).Length.Should().Be(archive.Length, "it can be saved again");
    }

    [TestMethod]
    public void Load_NotRegistered_SaysWhatToRegisterAndHow()
    {
        var data = Examples.Load(_ml);
        byte[] archive = SavedModels.ToBytes(Fit(data), data.Schema);

        Action load = () => SavedModels.FromBytes(archive);

        load.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<InvalidOperationException>().Which.Message.Should().Be(NotRegistered);
    }

    [TestMethod]
    public void Load_AnotherNetworkUnderTheName_SaysInWhatTheyDiffer()
    {
        var data = Examples.Load(_ml);
        byte[] archive = SavedModels.ToBytes(Fit(data), data.Schema);
        var ml = new MLContext().RegisterTorchSharpNetwork("residual", input => new ResidualNetwork(input.Features, input.Outputs, units: 13));

        Action load = () => ml.Model.Load(new MemoryStream(archive), out _);

        load.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<FormatException>().Which.Message.Should()
            .Contain("the network that is registered as 'residual' is another one than was saved: it has no parameter '_first.weight' of shape [12, 3]");
    }

    [TestMethod]
    public void Load_InAnotherProcessThatRegisters_ScoresTheSame()
    {
        var (model, data, rows) = FitOnFileRows();

        OtherProcess.ShouldScoreTheSame(model, data.Schema, rows, s_program, "registered");
    }

    [TestMethod]
    public void Load_InAnotherProcessThatDoesNotRegister_SaysWhatToRegisterAndHow()
    {
        var (model, data, _) = FitOnFileRows();
        using var folder = new TestFolder();
        _ml.Model.Save(model, data.Schema, folder.File("model.zip"));

        OtherProcess.Run(s_program, "load", folder.File("model.zip"), "no data").Should().Equal(NotRegistered);
    }

    [TestMethod]
    public void Save_AnyModel_KeepsParametersAndBuffersUnderTheirNames()
    {
        var data = Examples.Load(_ml);
        var archive = new Archive(SavedModels.ToBytes(Fit(data), data.Schema));

        string header = System.Text.Encoding.UTF8.GetString(archive[archive.Find(".safetensors")]);

        string[] names = ["_first.weight", "_first.bias", "_normalization.running_mean", "_normalization.running_var", "_normalization.num_batches_tracked"];
        names.Should().OnlyContain(name => header.Contains($"\"0.{name}\""));
    }

    private ITransformer Fit(IDataView data) =>
        Trainer.Fit(LearningTask.Regression, _ml, Networks.OptionsFor(LearningTask.Regression, Networks.Residual), data).Transformer;

    private (ITransformer Model, IDataView Data, string[] Rows) FitOnFileRows()
    {
        var rows = Examples.Rows(30);
        var data = _ml.Data.LoadFromEnumerable(rows.Select(row => new FileRow { Features = row.Features, Value = row.Value }));
        var model = _ml.Transforms.CopyColumns("Copy", "Value")
            .Append(_ml.Regression.Trainers.DeepMlp(Networks.OptionsFor(LearningTask.Regression, Networks.Residual))).Fit(data);
        return (model, data, [.. rows.Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"{row.Features[0]},{row.Features[1]},{row.Features[2]},{row.Value}"))]);
    }

    private sealed class FileRow
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public float Value { get; set; }
    }
}
