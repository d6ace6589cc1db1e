using MLExtensions.Trainers.TorchSharp.Devices;

namespace MLExtensions.Trainers.Tests;

/// <summary>
/// Tests of what runs on libtorch are inconclusive, and say why, where the system is too old for it and build/libstdcxx.sh could not help:
/// no package and no code would make them pass. Whatever else is wrong with the library lets them fail.
/// </summary>
[TestClass]
public static class SystemCheck
{
    [GlobalTestInitialize]
    public static void RequireSystem(TestContext context)
    {
        bool isAboutTheLibrary = context.FullyQualifiedTestClassName!.Contains(nameof(NativeLibrary), StringComparison.Ordinal);
        if (!isAboutTheLibrary && NativeLibrary.Failure is { IsSystemTooOld: true } failure)
            Assert.Inconclusive(failure.Message);
    }
}
