using System.Runtime.InteropServices;
using TorchSharp;

namespace MLExtensions.Trainers.TorchSharp;

/// <summary>
/// The native library under TorchSharp, which the application brings: looked at once, when an engine is made, so that what is
/// wrong with it comes as one message and not as some exception in the middle of a training.
/// </summary>
internal static class NativeLibrary
{
    /// <summary>The version of the TorchSharp packages that this assembly is built on.</summary>
    public const string Version = "0.107.0";

    private static readonly Lazy<Exception?> s_failure = new(Try);

    /// <summary>The package with the native library for NVIDIA GPUs on this system.</summary>
    public static string CudaPackage => OperatingSystem.IsWindows() ? "TorchSharp-cuda-windows" : "TorchSharp-cuda-linux";

    /// <summary>Throws unless libtorch is there and computes.</summary>
    /// <exception cref="InvalidOperationException">It is missing, or of another version.</exception>
    public static void Require()
    {
        if (s_failure.Value is { } failure)
            throw new InvalidOperationException(Message(failure), failure);
    }

    /// <summary>The number of GPUs that libtorch can use.</summary>
    public static int CountGpus()
    {
        Require();
        return torch.cuda.is_available() ? torch.cuda.device_count() : 0;
    }

    internal static string Message(Exception failure) =>
        $"TorchSharp's native library could not be used on {RuntimeInformation.RuntimeIdentifier}: {FirstLine(failure)} " +
        $"Add one of the packages TorchSharp-cpu and {CudaPackage} to the application, of version {Version} as TorchSharp itself; " +
        "MLExtensions.Trainers.TorchSharp leaves the choice to the application.";

    private static Exception? Try()
    {
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            using var scope = torch.NewDisposeScope();
            // Goes through the functions that every training needs: a library of another version lacks some.
            var x = torch.ones(2, requires_grad: true);
            (x * x).sum().backward();
            return x.grad!.sum().item<float>() == 4 ? null : new InvalidOperationException("a gradient came out wrong.");
        }
        catch (Exception exception)
        {
            // Whatever fails in native code shows itself as one of many types, the least telling one outside.
            return exception.GetBaseException();
        }
    }

    // TorchSharp appends its whole search as further lines.
    private static string FirstLine(Exception exception)
    {
        string line = exception.Message.Split('\n', 2)[0].Trim();
        return line.EndsWith('.') ? line : line + ".";
    }
}
