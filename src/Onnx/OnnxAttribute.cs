namespace MLExtensions.Onnx;

/// <summary>An attribute of a node: a constant that the operation takes by name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value: <c>long</c>, <c>float</c>, <c>string</c>, or an array of these.</param>
public sealed record OnnxAttribute(string Name, object Value)
{
    /// <summary>An attribute that is a whole number.</summary>
    public static implicit operator OnnxAttribute((string Name, long Value) attribute) => new(attribute.Name, attribute.Value);

    /// <summary>An attribute that is a number.</summary>
    public static implicit operator OnnxAttribute((string Name, float Value) attribute) => new(attribute.Name, attribute.Value);

    /// <summary>An attribute that is a list of whole numbers.</summary>
    public static implicit operator OnnxAttribute((string Name, long[] Value) attribute) => new(attribute.Name, attribute.Value);

    /// <summary>An attribute that is a list of texts.</summary>
    public static implicit operator OnnxAttribute((string Name, string[] Value) attribute) => new(attribute.Name, attribute.Value);
}
