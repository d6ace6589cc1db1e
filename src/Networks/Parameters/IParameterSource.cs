namespace MLExtensions.Networks;

/// <summary>Something whose parameters can be laid out: a network.</summary>
public interface IParameterSource
{
    /// <summary>The tensors in the order of the layers; their offsets do not count.</summary>
    IEnumerable<ParameterTensor> Parameters { get; }
}
