using Microsoft.ML;

namespace MLExtensions.Pipeline.Tests;

[TestClass]
public sealed class HostEnvironmentsTests
{
    [TestMethod]
    public void Of_AnyCatalog_IsTheContextsEnvironment()
    {
        var ml = new MLContext(seed: 42);

        foreach (object catalog in new object[] { ml.Transforms, ml.Transforms.Conversion, ml.Regression.Trainers, ml.BinaryClassification.Trainers, ml.MulticlassClassification.Trainers })
            HostEnvironments.SeedOf(HostEnvironments.Of(catalog)).Should().Be(42);
    }

    [TestMethod]
    public void Of_AnythingElse_IsRefused()
    {
        Action ask = () => HostEnvironments.Of("text");

        ask.Should().Throw<ArgumentException>().WithMessage("Expected a catalog of an MLContext, got System.String.*");
    }

    [TestMethod]
    public void SeedOf_ContextWithoutSeed_IsNull() =>
        HostEnvironments.SeedOf(HostEnvironments.Of(new MLContext().Transforms)).Should().BeNull();

    [TestMethod]
    public void OptionOf_SetOnTheContext_IsFoundByNameAndType()
    {
        var ml = new MLContext();
        ml.SetOption("MLExtensions.Test", "value");
        var environment = HostEnvironments.Of(ml.Regression.Trainers);

        HostEnvironments.OptionOf<string>(environment, "MLExtensions.Test").Should().Be("value");
        HostEnvironments.OptionOf<string>(environment, "MLExtensions.Other").Should().BeNull();
        HostEnvironments.OptionOf<Version>(environment, "MLExtensions.Test").Should().BeNull("it is of another type");
    }

    [TestMethod]
    public void GpuSettings_SetOnTheContext_AreThoseOfItsEnvironmentAndLaterHosts()
    {
        var ml = new MLContext();
        var environment = HostEnvironments.Of(ml.Transforms);
        var before = (HostEnvironments.GpuDeviceIdOf(environment), HostEnvironments.FallsBackToCpu(environment));
        ml.GpuDeviceId = 3;
        ml.FallbackToCpu = true;
        var host = environment.Register("test");

        before.Should().Be((null, false));
        (HostEnvironments.GpuDeviceIdOf(environment), HostEnvironments.FallsBackToCpu(environment)).Should().Be((3, true));
        (HostEnvironments.GpuDeviceIdOf(host), HostEnvironments.FallsBackToCpu(host)).Should().Be((3, true));
    }

    [TestMethod]
    public void IsCanceled_FreshHost_IsFalse() =>
        HostEnvironments.IsCanceled(HostEnvironments.Of(new MLContext().Transforms).Register("test")).Should().BeFalse();

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, true)]
    public void TrainerInfos_Create_SetsEachFlagApart(bool needNormalization, bool wantCaching)
    {
        var info = TrainerInfos.Create(needNormalization, wantCaching, supportsValidation: false);

        (info.NeedNormalization, info.WantCaching).Should().Be((needNormalization, wantCaching));
    }
}
