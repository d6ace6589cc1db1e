using Microsoft.ML;
using static TorchSharp.torch;

namespace MLExtensions.Trainers.Tests;

/// <summary>Modules that cannot be trained are refused before training begins, in words that say why.</summary>
[TestClass]
public sealed class CustomNetworkErrorTests
{
    [TestMethod]
    public void Fit_WrongNumberOfOutputs_NamesExpectedAndGot() => ShouldBeRefused(
        input => nn.Linear(input.Features, 5),
        "The network 'network' must map features of shape [2, 3] to outputs of shape [2, 1], got [2, 5].");

    [TestMethod]
    public void Fit_OutputWithoutRows_NamesExpectedAndGot() => ShouldBeRefused(
        input => nn.Sequential(("linear", nn.Linear(input.Features, 1)), ("flatten", nn.Flatten(0))),
        "The network 'network' must map features of shape [2, 3] to outputs of shape [2, 1], got [2].");

    [TestMethod]
    public void Fit_NoParameters_SaysHowToRegisterThem() => ShouldBeRefused(
        _ => nn.Identity(),
        "The network 'network' has no parameter to train: a module registers its fields with RegisterComponents() at the end of its constructor.");

    [TestMethod]
    public void Fit_AllParametersFrozen_IsRefused() => ShouldBeRefused(
        input =>
        {
            var linear = nn.Linear(input.Features, 1);
            foreach (var parameter in linear.parameters())
                parameter.requires_grad = false;
            return linear;
        },
        "The network 'network' has no parameter to train: *");

    [TestMethod]
    public void Fit_LayersThatDoNotFit_GivesLibtorchsReason() => ShouldBeRefused(
        _ => nn.Linear(7, 1),
        "The network 'network' fails on features of shape [2, 3]: *mat1 and mat2 shapes cannot be multiplied*");

    [TestMethod]
    public void Fit_DoublePrecision_IsRefused() => ShouldBeRefused(
        input => nn.Linear(input.Features, 1, dtype: ScalarType.Float64),
        "Parameter 'weight' of the network 'network' is of type Float64: expected Float32.");

    [TestMethod]
    public void Fit_NaNParameter_IsRefused() => ShouldBeRefused(
        input =>
        {
            var linear = nn.Linear(input.Features, 1);
            using (no_grad())
                linear.bias!.fill_(float.NaN);
            return linear;
        },
        "Tensor 'bias' of the network 'network' holds NaN or infinity; *");

    [TestMethod]
    public void Fit_BufferBeyondSingle_IsRefused() => ShouldBeRefused(
        input =>
        {
            var linear = nn.Linear(input.Features, 1);
            linear.register_buffer("count", tensor(16_777_217L));
            return linear;
        },
        "Buffer 'count' of the network 'network' holds Int64 numbers that are none of Single's.");

    [TestMethod]
    public void Fit_FactoryGivesNull_IsRefused() => ShouldBeRefused(_ => null!, "The factory of the network 'network' gave null: expected a module.");

    [TestMethod]
    public void Fit_FactoryGivesTheSameModuleTwice_IsRefused()
    {
        nn.Module<Tensor, Tensor>? only = null;

        ShouldBeRefused(input => only ??= nn.Linear(input.Features, 1), "The factory of the network 'network' gave the same module twice: *");
    }

    [TestMethod]
    public void Fit_BFloat16_IsRefused()
    {
        var engine = new TorchSharpEngine(Device.Cpu) { Network = Networks.Residual, Precision = MatrixPrecision.BFloat16 };

        ShouldBeRefused(engine, "The network 'residual' multiplies as it is written: expected Precision Single or TensorFloat32, got BFloat16.");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(" ")]
    public void Constructor_EmptyName_IsRefused(string name)
    {
        Action make = () => new TorchSharpNetwork(name, input => nn.Linear(input.Features, 1));

        make.Should().Throw<ArgumentException>().WithParameterName("name");
    }

    private static void ShouldBeRefused(Func<NetworkInput, nn.Module<Tensor, Tensor>> factory, string message) =>
        ShouldBeRefused(Networks.OnCpu(Networks.Of(factory)), message);

    private static void ShouldBeRefused(TorchSharpEngine engine, string message)
    {
        var ml = new MLContext(seed: 1);
        var options = Networks.OptionsFor(LearningTask.Regression, Networks.Residual) with { Engine = engine };

        Action fit = () => Trainer.Fit(LearningTask.Regression, ml, options, Examples.Load(ml));

        fit.Should().Throw<InvalidOperationException>().WithMessage(message.Replace("[", "?").Replace("]", "?"));
    }
}
