namespace MLExtensions.Transforms;

/// <summary>The maps that inverses are made of, as archives name them.</summary>
internal enum MapKind
{
    /// <summary><see cref="AffineMap"/>.</summary>
    Affine,

    /// <summary><see cref="SmoothClippedMap"/>.</summary>
    SmoothClipped,

    /// <summary><see cref="QuantileMap"/> to the uniform distribution.</summary>
    UniformQuantiles,

    /// <summary><see cref="QuantileMap"/> to the normal distribution.</summary>
    NormalQuantiles,

    /// <summary><see cref="PowerMap"/> of Yeo and Johnson.</summary>
    YeoJohnson,

    /// <summary><see cref="PowerMap"/> of Box and Cox.</summary>
    BoxCox,

    /// <summary><see cref="LinearMap"/> whose results are something of their own.</summary>
    Linear,

    /// <summary><see cref="LinearMap"/> whose results keep the names of their slots.</summary>
    LinearOfSlots,
}
