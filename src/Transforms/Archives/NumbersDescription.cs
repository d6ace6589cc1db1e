namespace MLExtensions.Transforms.Archives;

/// <summary>What an archive says of the numbers of a column, where it takes that to read them.</summary>
/// <param name="Kind">What they are, where there are several kinds; null otherwise.</param>
/// <param name="Size">A size in their shapes besides the number of slots; null where there is none.</param>
/// <param name="IsInverse">Whether they are those of the map whose inverse is meant.</param>
internal sealed record NumbersDescription(MapKind? Kind = null, int? Size = null, bool IsInverse = false);

/// <summary>The maps that inverses are made of, as archives name them.</summary>
internal enum MapKind
{
    /// <summary>An affine map.</summary>
    Affine,

    /// <summary>A smoothly clipped map.</summary>
    SmoothClipped,

    /// <summary>Quantiles to the uniform distribution.</summary>
    UniformQuantiles,

    /// <summary>Quantiles to the normal distribution.</summary>
    NormalQuantiles,

    /// <summary>The power map of Yeo and Johnson.</summary>
    YeoJohnson,

    /// <summary>The power map of Box and Cox.</summary>
    BoxCox,

    /// <summary>A linear map of whole vectors whose results are something of their own.</summary>
    Linear,

    /// <summary>A linear map of whole vectors whose results keep the names of their slots.</summary>
    LinearOfSlots,

    /// <summary>The same of a few directions.</summary>
    LowRankOfSlots,
}
