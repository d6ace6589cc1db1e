namespace MLExtensions.Transforms;

/// <summary>What whitened vectors consist of.</summary>
public enum WhiteningMethod
{
    /// <summary>The principal components, the one of the largest variance first.</summary>
    PrincipalComponents,

    /// <summary>
    /// The original slots, freed from their correlations, and as near to them as uncorrelated slots can be (zero-phase or Mahalanobis
    /// whitening, ZCA). A. J. Bell and T. J. Sejnowski, "The independent components of natural scenes are edge filters", 1997.
    /// </summary>
    ZeroPhase,
}
