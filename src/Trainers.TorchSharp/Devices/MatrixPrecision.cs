namespace MLExtensions.Trainers;

/// <summary>In what precision a <see cref="TorchSharpEngine"/> multiplies matrices; everything else is in <c>Single</c>.</summary>
public enum MatrixPrecision
{
    /// <summary><c>Single</c>: 24 bits of precision. The default, and what the managed engine does.</summary>
    Single,

    /// <summary>
    /// TensorFloat-32: operands rounded to 11 bits, sums in <c>Single</c>, on GPUs with tensor cores (compute capability 8.0 or
    /// later). The setting is one of the process: it holds for all products on GPUs while a training with it runs. Without effect
    /// on other devices.
    /// </summary>
    TensorFloat32,

    /// <summary>
    /// bfloat16: operands and products rounded to 8 bits. Weights and their updates stay in <c>Single</c>. On CPUs without
    /// instructions for it slower than <c>Single</c>.
    /// </summary>
    BFloat16,
}
