using System.Runtime.InteropServices;

namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>Copies tensors, named as in a layout, to plain arrays and back.</summary>
internal static class TensorCopies
{
    /// <summary>Copies the present values to the host.</summary>
    public static void CopyTo(this IReadOnlyDictionary<string, Tensor> tensors, NetworkWeights destination)
    {
        using var scope = NewDisposeScope();
        foreach (var tensor in destination.Layout.Tensors)
        {
            var values = tensors[tensor.Name].detach().to(ScalarType.Float32).cpu().contiguous();
            MemoryMarshal.Cast<byte, float>(values.bytes).CopyTo(destination[tensor]);
        }
    }

    /// <summary>Replaces the values.</summary>
    public static void CopyFrom(this IReadOnlyDictionary<string, Tensor> tensors, NetworkWeights source)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var values = frombuffer(source.Values, ScalarType.Float32);
        foreach (var tensor in source.Layout.Tensors)
            tensors[tensor.Name].copy_(values.narrow(0, tensor.Offset, tensor.Length).view(tensor.LongShape()));
    }

    /// <summary>Gives or sets the values of a tensor of single precision.</summary>
    public static void Exchange(this Tensor tensor, StateExchange state, string name)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        float[] values = tensor.detach().cpu().contiguous().data<float>().ToArray();
        state.Values(name, values);
        if (state.IsSetting)
            tensor.copy_(frombuffer(values, ScalarType.Float32).view(tensor.shape));
    }

    /// <summary>The shape as libtorch has it.</summary>
    public static long[] LongShape(this ParameterTensor tensor) => [.. tensor.Shape.Select(size => (long)size)];
}
