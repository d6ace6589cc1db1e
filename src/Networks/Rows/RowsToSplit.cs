namespace MLExtensions.Networks.Rows;

/// <summary>Rows of which some are to be set aside.</summary>
/// <param name="Rows">The rows, in ascending order.</param>
/// <param name="Fraction">The share to set aside; above 0 and below 1.</param>
/// <param name="Classes">The class of each row of the data; null where there are none.</param>
/// <param name="Keys">The group of each row of the data, or its place in the order of time; null where there is neither.</param>
/// <param name="Random">The source of randomness.</param>
internal sealed record RowsToSplit(int[] Rows, float Fraction, RowClasses? Classes, int[]? Keys, RandomStream Random);
