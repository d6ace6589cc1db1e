namespace MLExtensions.Transforms.Archives;

/// <summary>Numbers of a column in an archive.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Values">The numbers, row-major.</param>
/// <param name="Shape">Their shape; without one, a number per slot.</param>
internal sealed record NamedNumbers(string Name, IReadOnlyList<double> Values, params int[] Shape);
