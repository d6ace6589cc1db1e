using System.Runtime.InteropServices;

namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>A function of the application, computed on the host.</summary>
/// <param name="function">The function.</param>
internal sealed class TorchCustomActivationLayer(IActivationFunction function) : TorchLayer
{
    private delegate void Function(ReadOnlySpan<float> x, Span<float> values);

    public override Tensor Forward(Tensor input, bool training)
    {
        var x = input.detach();
        var values = Compute(x, function.Evaluate);

        // The difference is zero and its derivative one: libtorch is told the derivative without knowing the function.
        return training ? values + Compute(x, function.Differentiate) * (input - x) : values;
    }

    private static Tensor Compute(Tensor x, Function function)
    {
        using var host = x.cpu().contiguous();
        float[] arguments = MemoryMarshal.Cast<byte, float>(host.bytes).ToArray();
        float[] values = new float[arguments.Length];
        int units = (int)x.shape[1];
        for (int first = 0; first < values.Length; first += units)
            function(arguments.AsSpan(first, units), values.AsSpan(first, units));
        return tensor(values, x.shape, device: x.device);
    }
}
