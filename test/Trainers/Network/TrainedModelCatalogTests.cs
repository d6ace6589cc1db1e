using Microsoft.ML;

namespace MLExtensions.Trainers.Tests.Network;

[TestClass]
public sealed class TrainedModelCatalogTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void TrainingHistory_ChainFoldAndLoadedModel_FindIt()
    {
        var data = Examples.Load(_ml);
        var pipeline = _ml.Transforms.CopyColumns("Copy", "Value").Append(_ml.Transforms.CopyColumns("Again", "Value").Append(Regression())).Append(_ml.Transforms.CopyColumns("Last", "Score"));

        ITransformer chain = pipeline.Fit(data);
        using var file = new MemoryStream();
        _ml.Model.Save(chain, data.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        var folds = _ml.Regression.CrossValidate(data, pipeline, numberOfFolds: 2, labelColumnName: "Value");

        chain.TrainingHistory().Epochs.Should().HaveCount(4);
        loaded.TrainingHistory().Should().BeEquivalentTo(chain.TrainingHistory());
        folds.Should().OnlyContain(fold => fold.Model.TrainingHistory().Epochs.Count == 4);
        chain.NetworkSummary().Should().StartWith("3 features:").And.Be(loaded.NetworkSummary());
    }

    [TestMethod]
    public void TrainingHistory_NoNetwork_SaysWhatThereIs()
    {
        var model = _ml.Transforms.CopyColumns("Copy", "Value").Append(_ml.Transforms.DropColumns("Note")).Fit(Examples.Load(_ml));

        Action find = () => model.TrainingHistory();

        find.Should().Throw<InvalidOperationException>()
            .WithMessage("There is no network of a deep MLP trainer in the model, which is ColumnCopyingTransformer, ColumnSelectingTransformer.*");
    }

    [TestMethod]
    public void TrainingHistory_SeveralNetworks_NamesThem()
    {
        var model = Regression().Append(_ml.BinaryClassification.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Binary))).Fit(Examples.Load(_ml));

        Action find = () => model.TrainingHistory();

        find.Should().Throw<InvalidOperationException>()
            .WithMessage("There are 2 networks in the model: DeepMlpRegressionModelParameters of features 'Features'; DeepMlpBinaryModelParameters of features 'Features'. Take the part*");
    }

    [TestMethod]
    public void Fit_LaterFits_AreNumberedInTheLog()
    {
        var log = new List<string>();
        _ml.Log += (_, message) => log.Add(message.Message);

        _ml.Regression.CrossValidate(Examples.Load(_ml), Regression(), numberOfFolds: 2, labelColumnName: "Value");

        log.Should().Contain(line => line.Contains("DeepMlpRegressionTrainer: epoch 4,")).And.Contain(line => line.Contains("DeepMlpRegressionTrainer, fit 2: epoch 4,"));
    }

    private DeepMlpRegressionTrainer Regression() => _ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression));
}
