using Loader = System.Runtime.InteropServices.NativeLibrary;

namespace MLExtensions.Trainers.TorchSharp.Devices;

/// <summary>
/// The native library under TorchSharp, which the application brings: looked at once, when an engine is made, so that what is
/// wrong with it comes as one message and not as some exception in the middle of a training.
/// </summary>
internal static class NativeLibrary
{
    private static readonly Lazy<NativeLibraryFailure?> s_failure = new(Try);

    /// <summary>The version of TorchSharp, which its packages with native libraries share.</summary>
    public static string Version { get; } = typeof(torch).Assembly.GetName().Version!.ToString(3);

    /// <summary>The package with the native library for NVIDIA GPUs on this system.</summary>
    public static string CudaPackage => OperatingSystem.IsWindows() ? "TorchSharp-cuda-windows" : "TorchSharp-cuda-linux";

    /// <summary>What is wrong with the library, or null.</summary>
    public static NativeLibraryFailure? Failure => s_failure.Value;

    /// <summary>Throws unless libtorch is there and computes.</summary>
    /// <exception cref="InvalidOperationException">It is missing, of another version, or too new for the system.</exception>
    public static void Require()
    {
        if (Failure is { } failure)
            throw new InvalidOperationException(failure.Message, failure.Exception);
    }

    /// <summary>The number of GPUs that libtorch can use.</summary>
    public static int CountGpus()
    {
        Require();
        return torch.cuda.is_available() ? torch.cuda.device_count() : 0;
    }

    private static NativeLibraryFailure? Try()
    {
        if (Load() is { } failure)
            return failure;

        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            using var scope = torch.NewDisposeScope();
            // Goes through the functions that every training needs: a library of another version lacks some.
            var x = torch.ones(2, requires_grad: true);
            (x * x).sum().backward();
            return x.grad!.sum().item<float>() == 4 ? null : NativeLibraryFailure.Of(new InvalidOperationException("A gradient came out wrong."));
        }
        catch (Exception exception)
        {
            // Whatever fails in native code shows itself as one of many types, the least telling one outside.
            return NativeLibraryFailure.Of(exception.GetBaseException());
        }
    }

    /// <summary>
    /// Loads the library as TorchSharp is about to. Where that fails, TorchSharp would copy the half gigabyte of libtorch out of NuGet's
    /// cache beside the application, if it is there, and write its whole search to the console; what the loader says it keeps to itself.
    /// </summary>
    private static NativeLibraryFailure? Load()
    {
        var assembly = typeof(torch).Assembly;
        try
        {
            Loader.TryLoad("torch_cpu", assembly, null, out _);
            Loader.Load("LibTorchSharp", assembly, null);
            return null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            return IsInPackageFolder(assembly.Location) ? null : NativeLibraryFailure.Of(exception);
        }
    }

    // In scripts and notebooks assemblies stay in NuGet's cache, and only TorchSharp's search finds the library there.
    private static bool IsInPackageFolder(string assembly) =>
        Path.GetDirectoryName(assembly) is { } folder && folder.Contains("torchsharp") && Path.GetFileName(Path.GetDirectoryName(folder)) == "lib";
}
