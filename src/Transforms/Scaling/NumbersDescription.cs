namespace MLExtensions.Transforms;

/// <summary>What an archive says of the numbers of a column, where a layout needs it to read them.</summary>
/// <param name="Kind">What they are, where a layout knows several; null otherwise.</param>
/// <param name="Size">A size in their shapes besides the number of slots; null where there is none.</param>
/// <param name="IsInverse">Whether they are those of the map whose inverse is meant.</param>
internal sealed record NumbersDescription(MapKind? Kind = null, int? Size = null, bool IsInverse = false);
