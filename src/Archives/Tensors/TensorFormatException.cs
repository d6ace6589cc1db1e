namespace MLExtensions.Archives;

/// <summary>A number in an archive that cannot be what it stands for; the reader of the component adds the names of component and entry.</summary>
/// <param name="tensor">The name of the tensor.</param>
/// <param name="index">The index of the number, row-major.</param>
/// <param name="value">The number.</param>
/// <param name="expected">What was expected, such as <c>a finite number</c>.</param>
public sealed class TensorFormatException(string tensor, int index, double value, string expected)
    : FormatException(FormattableString.Invariant($"value {index} of tensor '{tensor}' is {value}, expected {expected}"));
