using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Which engine a trainer takes, and what that engine is told.</summary>
[TestClass]
public sealed class EngineCatalogTests
{
    [TestMethod]
    public void Fit_EngineOfTheContext_IsTakenWhereTheTrainerHasNone()
    {
        var ml = new MLContext(seed: 1).UseEngine(new ScriptedEngine());
        var options = Trainer.QuickFor(LearningTask.Regression);

        Fit(ml, options with { Engine = null }).Should().Be("scripted");
        Fit(ml, options with { Engine = new ManagedEngine { Threads = 1 } }).Should().Be("managed, 1 thread");
    }

    [TestMethod]
    public void Fit_AnyEngine_IsToldTheContextsDevicesBeforeDataIsRead()
    {
        var ml = new MLContext(seed: 1) { GpuDeviceId = 2, FallbackToCpu = true };
        var engine = new ChoosyEngine();

        Action fit = () => Fit(ml, Trainer.QuickFor(LearningTask.Regression) with { Engine = engine, FeatureColumnName = "Missing" });

        fit.Should().Throw<InvalidOperationException>().WithMessage("no device");
        engine.Preference.Should().Be(new DevicePreference(2, FallbackToCpu: true));
    }

    [TestMethod]
    public void Fit_GpuWithoutAnEngineThatCanUseIt_IsRefusedBeforeDataIsRead()
    {
        var ml = new MLContext(seed: 1) { GpuDeviceId = 0 };

        Action fit = () => Fit(ml, Trainer.QuickFor(LearningTask.Regression) with { Engine = null, FeatureColumnName = "Missing" });

        fit.Should().Throw<InvalidOperationException>().WithMessage("MLContext.GpuDeviceId is 0 and FallbackToCpu is false, and the managed engine, which trains where none is chosen, " +
            "computes on the CPU. Call ml.UseTorchSharp() (package MLExtensions.Trainers.TorchSharp) to train on the GPU; or set FallbackToCpu, or leave GpuDeviceId null.");
    }

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(true, true)]
    [DataRow(false, true)]
    public void Fit_GpuOfTheContextOnTheManagedEngine_IsWarnedOf(bool fallsBack, bool isNamed)
    {
        var ml = new MLContext(seed: 1) { GpuDeviceId = 1, FallbackToCpu = fallsBack };
        var warnings = Warnings.Of(ml);

        Fit(ml, Trainer.QuickFor(LearningTask.Regression) with { Engine = isNamed ? new ManagedEngine { Threads = 1 } : null }).Should().StartWith("managed");

        warnings.Where(warning => warning.Contains("GPU")).Should().Equal("DeepMlpRegressionTrainer: the managed engine computes on the CPU, not on GPU 1 of MLContext.GpuDeviceId. " +
            "Call ml.UseTorchSharp() (package MLExtensions.Trainers.TorchSharp) to train on the GPU.");
    }

    [TestMethod]
    public void Fit_NoGpuAskedFor_IsNotWarnedOf()
    {
        var ml = new MLContext(seed: 1) { FallbackToCpu = true };
        var warnings = Warnings.Of(ml);

        Fit(ml, Trainer.QuickFor(LearningTask.Regression) with { Engine = null });

        warnings.Should().NotContain(warning => warning.Contains("GPU"));
    }

    private static string Fit(MLContext ml, DeepMlpOptions options) =>
        Trainer.Fit(LearningTask.Regression, ml, options, Examples.Load(ml)).History.Engine;

    private sealed class ChoosyEngine : IMlpEngine
    {
        public DevicePreference? Preference { get; private set; }

        public string Name => "choosy";

        public IMlpEngine For(DevicePreference preference)
        {
            Preference = preference;
            throw new InvalidOperationException("no device");
        }

        public IMlpSession Open(NetworkDescription network, DataBlock data, EngineSettings settings) => throw new InvalidOperationException();
    }
}
