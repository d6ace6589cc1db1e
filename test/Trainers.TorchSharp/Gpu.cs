using NativeLibrary = MLExtensions.Trainers.TorchSharp.Devices.NativeLibrary;

namespace MLExtensions.Trainers.Tests;

/// <summary>What tests on an NVIDIA GPU need.</summary>
internal static class Gpu
{
    /// <summary>Makes the test inconclusive where there is none.</summary>
    public static void Require()
    {
        if (NativeLibrary.CountGpus() == 0)
            Assert.Inconclusive("libtorch finds no NVIDIA GPU: this machine has none, or the tests were built with TorchSharp-cpu. -p:TorchSharpNative=cuda-linux builds them for one.");
    }
}
