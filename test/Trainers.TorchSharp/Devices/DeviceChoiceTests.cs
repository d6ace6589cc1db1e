using MLExtensions.Networks;
using MLExtensions.Trainers.TorchSharp.Devices;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class DeviceChoiceTests
{
    [TestMethod]
    [DataRow("auto", null, false, 0, "CPU")]
    [DataRow("auto", null, false, 2, "CUDA device 0")]
    [DataRow("auto", 1, false, 2, "CUDA device 1")]
    [DataRow("auto", 1, true, 1, "CPU in place of CUDA device 1, which is not there")]
    [DataRow("auto", 0, true, 0, "CPU in place of CUDA device 0, which is not there")]
    [DataRow("cpu", null, false, 2, "CPU")]
    [DataRow("cpu", 1, false, 2, "CPU")]
    [DataRow("1", null, false, 2, "CUDA device 1")]
    [DataRow("1", 0, false, 2, "CUDA device 1")]
    [DataRow("1", null, true, 1, "CPU in place of CUDA device 1, which is not there")]
    public void Make_DeviceThere_IsChosen(string wanted, int? gpuDeviceId, bool fallback, int gpus, string expected)
    {
        var choice = DeviceChoice.Make(DeviceOf(wanted), new DevicePreference(gpuDeviceId, fallback), () => gpus);

        choice.ToString().Should().Be(expected);
    }

    [TestMethod]
    [DataRow("auto", 0, 0, "Looked for CUDA device 0, and libtorch finds no GPU. *")]
    [DataRow("auto", 3, 1, "Looked for CUDA device 3, and libtorch finds device 0 alone. *")]
    [DataRow("2", null, 2, "Looked for CUDA device 2, and libtorch finds devices 0 to 1. *")]
    [DataRow("0", 1, 0, "* add the package TorchSharp-cuda-* {0} to the application *")]
    [DataRow("0", null, 0, "* set MLContext.FallbackToCpu, or use Device.Cpu.")]
    public void Make_NoGpuAndNoFallback_SaysWhatWasLookedForAndWhatToDo(string wanted, int? gpuDeviceId, int gpus, string message)
    {
        Action make = () => DeviceChoice.Make(DeviceOf(wanted), new DevicePreference(gpuDeviceId, FallbackToCpu: false), () => gpus);

        make.Should().Throw<InvalidOperationException>().WithMessage(string.Format(message, NativeLibrary.Version));
    }

    [TestMethod]
    public void Make_NegativeGpuDeviceId_IsRefusedEvenWithFallback()
    {
        Action make = () => DeviceChoice.Make(Device.Auto, new DevicePreference(-1, FallbackToCpu: true), () => 1);

        make.Should().Throw<InvalidOperationException>().WithMessage("Looked for CUDA device -1, *");
    }

    [TestMethod]
    public void Make_Cpu_AsksForNoGpu()
    {
        Action make = () => DeviceChoice.Make(Device.Cpu, new DevicePreference(0, FallbackToCpu: false), () => throw new InvalidOperationException());

        make.Should().NotThrow();
    }

    [TestMethod]
    public void Cuda_NegativeIndex_IsRefused()
    {
        Action make = () => Device.Cuda(-1);

        make.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static Device DeviceOf(string name) => name switch
    {
        "auto" => Device.Auto,
        "cpu" => Device.Cpu,
        _ => Device.Cuda(int.Parse(name)),
    };
}
