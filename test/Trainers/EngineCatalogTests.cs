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
