using Microsoft.ML;
using MLExtensions.Networks;
using TorchSharp;

namespace MLExtensions.Trainers.Tests;

/// <summary>Which engine a trainer takes, on which device, and how it says so.</summary>
[TestClass]
public sealed class EngineChoiceTests
{
    private const string OnCpu = "TorchSharp, CPU";

    [TestMethod]
    public void Fit_NothingChosen_IsManaged() => EngineOf(new MLContext(), null).Should().StartWith("managed");

    [TestMethod]
    public void Fit_EngineOfTheTrainer_IsTaken() => EngineOf(new MLContext(), new TorchSharpEngine(Device.Cpu)).Should().Be(OnCpu);

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Fit_EngineOfTheContext_IsTakenByEveryTrainer(LearningTask task)
    {
        var ml = new MLContext(seed: 1).UseTorchSharp(Device.Cpu);
        var options = Trainer.QuickFor(task) with { Engine = null };

        Trainer.Fit(task, ml, options, Examples.Load(ml)).History.Engine.Should().Be(OnCpu);
    }

    [TestMethod]
    public void Fit_EngineOfTheTrainer_GoesBeforeThatOfTheContext() =>
        EngineOf(new MLContext().UseTorchSharp(Device.Cpu), new ManagedEngine { Threads = 1 }).Should().Be("managed, 1 thread");

    [TestMethod]
    public void Fit_TrainerMadeBeforeTheContextChose_TakesTheChoice()
    {
        var ml = new MLContext(seed: 1);
        var trainer = ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression) with { Engine = null });
        ml.UseTorchSharp(Device.Cpu);

        trainer.Fit(Examples.Load(ml)).History.Engine.Should().Be(OnCpu);
    }

    [TestMethod]
    public void Fit_OtherContext_KeepsItsOwnChoice()
    {
        new MLContext().UseTorchSharp(Device.Cpu);

        EngineOf(new MLContext(), null).Should().StartWith("managed");
    }

    [TestMethod]
    public void Fit_GpuThatIsNotThere_IsRefusedBeforeDataIsRead()
    {
        var ml = new MLContext { GpuDeviceId = 99 }.UseTorchSharp();

        Action fit = () => EngineOf(ml, null);

        fit.Should().Throw<InvalidOperationException>().WithMessage("Looked for CUDA device 99, and libtorch finds *");
    }

    [TestMethod]
    public void Fit_GpuThatIsNotThereWithFallback_TrainsOnTheCpuAndSaysSo()
    {
        var ml = new MLContext { GpuDeviceId = 99, FallbackToCpu = true }.UseTorchSharp();

        EngineOf(ml, null).Should().Be("TorchSharp, CPU in place of CUDA device 99, which is not there");
    }

    [TestMethod]
    public void Fit_GpuDeviceIdSetAfterTheEngine_Counts()
    {
        var ml = new MLContext().UseTorchSharp();
        ml.GpuDeviceId = 99;
        ml.FallbackToCpu = true;

        EngineOf(ml, null).Should().Contain("CUDA device 99");
    }

    [TestMethod]
    public void Fit_AnyEngine_IsLoggedOnce()
    {
        var ml = new MLContext(seed: 1).UseTorchSharp(Device.Cpu);
        var messages = new List<string>();
        ml.Log += (_, entry) => messages.Add(entry.Message);

        EngineOf(ml, null);

        messages.Where(message => message.Contains("TorchSharp")).Should().ContainSingle().Which.Should().Contain($"engine {OnCpu}, seed 5");
    }

    [TestMethod]
    [DataRow(MatrixPrecision.Single, "TorchSharp, CPU")]
    [DataRow(MatrixPrecision.TensorFloat32, "TorchSharp, CPU, TensorFloat32 products")]
    [DataRow(MatrixPrecision.BFloat16, "TorchSharp, CPU, BFloat16 products")]
    public void Name_AnyPrecision_TellsIt(MatrixPrecision precision, string expected) =>
        new TorchSharpEngine(Device.Cpu) { Precision = precision }.Name.Should().Be(expected);

    [TestMethod]
    public void Fit_AutoThatEndsOnTheCpu_SaysThatTheManagedEngineIsFasterThere()
    {
        if (torch.cuda.is_available())
            Assert.Inconclusive("There is a GPU.");

        MessagesOf(Device.Auto).Should().ContainSingle(message => message.Contains("faster")).Which.Should().EndWith(
            "DeepMlpRegressionTrainer: trains with libtorch on the CPU, since there is no GPU: the managed engine (Engine = new ManagedEngine()) is faster there.");
        MessagesOf(Device.Cpu).Should().NotContain(message => message.Contains("faster"), "the CPU was asked for");

        static List<string> MessagesOf(Device device)
        {
            var ml = new MLContext(seed: 1).UseTorchSharp(device);
            var messages = new List<string>();
            ml.Log += (_, entry) => messages.Add(entry.Message);
            EngineOf(ml, null);
            return messages;
        }
    }

    private static string EngineOf(MLContext ml, IMlpEngine? engine)
    {
        var options = Trainer.QuickFor(LearningTask.Regression) with { Engine = engine };
        return Trainer.Fit(LearningTask.Regression, ml, options, Examples.Load(ml)).History.Engine;
    }
}
