namespace MLExtensions.Networks.Noise;

/// <summary>What is done to values before random numbers are, for each unit something of its own.</summary>
internal interface IUnitFunction
{
    /// <summary>What becomes of values of some units.</summary>
    /// <param name="values">The values.</param>
    /// <param name="column">The column in the strip of the first of the units.</param>
    TVector Of<TVector>(TVector values, int column)
        where TVector : unmanaged, IVector<TVector>;
}
