using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.WarmStart;

/// <summary>Chains that are fitted with validation rows, and chains that are trained on.</summary>
[TestClass]
public sealed class ChainTrainingTests
{
    private static readonly DeepMlpOptions s_options = Trainer.Quick with { LabelColumnName = "Value" };
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void FitWithValidation_Chain_ValidatesOnTheGivenRows()
    {
        var (train, validation) = (Examples.Load(_ml), Examples.Load(_ml, Examples.Rows(25, seed: 2)));
        var scaler = _ml.Transforms.NormalizeMeanVariance("Features");
        var trainer = _ml.Regression.Trainers.DeepMlp(s_options);

        var fitted = scaler.Append(trainer).FitWithValidation(train, validation);

        var scaling = scaler.Fit(train);
        var expected = trainer.Fit(scaling.Transform(train), scaling.Transform(validation));
        fitted.LastTransformer.History.ValidationRows.Should().Be(25);
        fitted.LastTransformer.History.TrainingRows.Should().Be(60);
        fitted.LastTransformer.Model.CopyWeights().Values.Should().Equal(expected.Model.CopyWeights().Values, "the scaler sees training rows alone");
        RowTexts.Of(fitted.Transform(validation), "Score").Should().Equal(RowTexts.Of(expected.Transform(scaling.Transform(validation)), "Score"));
    }

    [TestMethod]
    public void FitWithValidation_ChainsInChains_AreFittedTheSameWay()
    {
        var (train, validation) = (Examples.Load(_ml), Examples.Load(_ml, Examples.Rows(25, seed: 2)));
        var inner = _ml.Transforms.CopyColumns("Copy", "Value").Append(_ml.Regression.Trainers.DeepMlp(s_options));
        IEstimator<ITransformer> first = _ml.Transforms.NormalizeMeanVariance("Features");

        var fitted = new EstimatorChain<ITransformer>().Append(first).Append(inner).Append(_ml.Transforms.CopyColumns("Result", "Score")).FitWithValidation(train, validation);

        fitted.TrainingHistory().ValidationRows.Should().Be(25);
        fitted.Transform(validation).Schema.GetColumnOrNull("Result").Should().NotBeNull();
        Action none = () => _ml.Transforms.CopyColumns("Copy", "Value").Append(_ml.Transforms.NormalizeMeanVariance("Features")).FitWithValidation(train, validation);
        none.Should().Throw<InvalidOperationException>().WithMessage("Expected one deep MLP trainer in the chain, which validates on the rows, got none: the chain is ColumnCopyingEstimator, NormalizingEstimator.");
    }

    [TestMethod]
    public void FitWithValidation_ColumnMissing_IsRefusedBeforeAnythingIsFitted()
    {
        var counted = new CountingView(Examples.Load(_ml));
        var chain = _ml.Transforms.NormalizeMeanVariance("Features").Append(_ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Vlaue" }));

        Action fit = () => chain.FitWithValidation(counted, Examples.Load(_ml));

        fit.Should().Throw<ArgumentException>().WithMessage("*Vlaue*");
        counted.Requests.Should().BeEmpty();
    }

    [TestMethod]
    public void Retrain_LoadedChain_KeepsWhatStandsAroundTheNetwork()
    {
        using var folder = new TestFolder();
        string path = folder.File("model.zip");
        var trainer = _ml.Regression.Trainers.DeepMlp(s_options with { EarlyStopping = null, NumberOfEpochs = 10 });
        var yesterday = _ml.Transforms.NormalizeMeanVariance("Features").Append(trainer).Append(_ml.Transforms.CopyColumns("Result", "Score")).Fit(Examples.Load(_ml));
        _ml.Model.SaveSafely(yesterday, Examples.Load(_ml).Schema, path);
        var loaded = _ml.Model.Load(path, out var schema);
        var rows = Examples.Load(_ml, Examples.Rows(80, seed: 3));

        var today = _ml.Model.Retrain(loaded, trainer, rows);
        _ml.Model.SaveSafely(today, schema, path);

        var scaled = yesterday.First().Transform(rows);
        var old = (DeepMlpTransformer<DeepMlpRegressionModelParameters>)yesterday.ElementAt(1);
        var expected = trainer.Fit(scaled, old.Model);
        var again = _ml.Model.Load(path, out _);
        RowTexts.Of(again.Transform(rows), "Result").Should().Equal(RowTexts.Of(expected.Transform(scaled), "Score"));
        Rmse(again).Should().BeLessThan(Rmse(yesterday));
        again.TrainingHistory().TrainingRows.Should().Be(80);
        _ml.Model.Retrain(loaded, trainer, rows, Examples.Load(_ml, 20)).TrainingHistory().ValidationRows.Should().Be(20);

        double Rmse(ITransformer model) => _ml.Regression.Evaluate(model.Transform(rows), labelColumnName: "Value").RootMeanSquaredError;
    }

    [TestMethod]
    public void Retrain_OtherTaskOrNoNetwork_IsRefused()
    {
        var model = _ml.Regression.Trainers.DeepMlp(s_options).Fit(Examples.Load(_ml));
        var other = _ml.BinaryClassification.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Binary));

        ((Action)(() => _ml.Model.Retrain(model, other, Examples.Load(_ml)))).Should().Throw<InvalidOperationException>().WithMessage("*DeepMlpRegressionModelParameters of features 'Features', and DeepMlpBinaryTrainer trains*expected a trainer of the same task.");
        ((Action)(() => _ml.Model.Retrain(_ml.Transforms.CopyColumns("a", "Value").Fit(Examples.Load(_ml)), other, Examples.Load(_ml)))).Should().Throw<InvalidOperationException>().WithMessage("There is no network*");
    }
}
