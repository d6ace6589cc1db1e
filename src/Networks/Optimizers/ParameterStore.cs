namespace MLExtensions.Networks.Optimizers;

/// <summary>
/// The trained parameters of a network and their gradients: flat buffers in which every layer owns one segment at the same
/// place in both. Weight matrices are stored as the transposed strips in which the forward product reads them and the
/// gradient product writes them, so an optimizer makes its pass over them without any copying between layouts.
/// </summary>
/// <param name="length">The floats of all segments, padding included.</param>
internal sealed class ParameterStore(int length)
{
    private AlignedBuffer? _clean;

    /// <summary>The parameters. Padding is zero and stays so, because its gradient is zero.</summary>
    public AlignedBuffer Values { get; } = new(length);

    /// <summary>
    /// The parameters that updates start from: those of the store itself, but where a step computes with noise on them.
    /// </summary>
    public AlignedBuffer Clean => _clean ?? Values;

    /// <summary>The gradient of the loss, without penalties.</summary>
    public AlignedBuffer Gradients { get; } = new(length);

    /// <summary>Notes the present parameters as the clean ones, before noise is added.</summary>
    public void KeepClean()
    {
        _clean ??= new AlignedBuffer(Values.Length);
        Values.Span.CopyTo(_clean.Span);
    }
}
