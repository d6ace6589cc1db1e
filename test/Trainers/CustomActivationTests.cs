using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class CustomActivationTests
{
    [TestMethod]
    public void Register_EqualFunctionAgain_GivesTheSameActivation() =>
        CustomActivation.Register("tests.sine", new Sine(1.5f)).Should().Be(Sine.Activation);

    [TestMethod]
    public void Register_OtherFunctionUnderTheName_IsRefused()
    {
        _ = Sine.Activation;

        Action register = () => CustomActivation.Register("tests.sine", new Sine(2));

        register.Should().Throw<ArgumentException>()
            .WithMessage("Another activation function is registered as 'tests.sine' already: expected one that equals it, or another name.*");
    }

    [TestMethod]
    public void Register_NothingOrNoName_IsRefused()
    {
        Action function = () => CustomActivation.Register("tests.null", null!);
        Action name = () => CustomActivation.Register("", new Sine(2));

        function.Should().Throw<ArgumentNullException>();
        name.Should().Throw<ArgumentException>();
    }

    [TestMethod]
    public void Trainer_NameThatIsNotRegistered_SaysWhatToRegister()
    {
        Action fit = () => Trainer.Fit(LearningTask.Regression, options => options with { Activation = new CustomActivation("tests.unknown") });

        fit.Should().Throw<ArgumentException>().WithMessage("*- Activation.RegisteredName 'tests.unknown' is not that of a function: " +
            "call CustomActivation.Register(\"tests.unknown\", ...) before training or loading*");
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Load_SavedModel_ScoresTheSameBits(LearningTask task)
    {
        var data = Examples.Load(new(seed: 1));
        var model = Trainer.Fit(task, options => options with { HiddenLayers = [70, 6], Activation = Sine.Activation }).Transformer;

        var loaded = SavedModels.ThroughFile(model, data.Schema);

        RowTexts.Of(loaded.Transform(data)).Should().Equal(RowTexts.Of(model.Transform(data)));
    }

    [TestMethod]
    public void Fit_Wave_IsLearnedByOneSineAndNotByOneReLU()
    {
        var rows = Examples.Rows(300);
        foreach (var row in rows)
            row.Value = MathF.Sin(4 * row.Features[0]);
        double Loss(Activation activation) => Enumerable.Range(1, 4).Min(seed => Trainer.Fit(LearningTask.Regression, options => options with
        {
            HiddenLayers = [1],
            Activation = activation,
            Seed = seed,
            NumberOfEpochs = 100,
            EarlyStopping = null,
            Optimizer = new AdamOptions { LearningRate = 0.03f },
        }, rows).History.Epochs[^1].TrainingLoss);

        double relu = Loss(Activation.Relu), sine = Loss(Sine.Activation);

        relu.Should().BeGreaterThan(0.3);
        sine.Should().BeLessThan(0.1);
    }
}
