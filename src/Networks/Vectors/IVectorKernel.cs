namespace MLExtensions.Networks.Vectors;

/// <summary>Work written once for every vector width: a struct whose fields are the operands.</summary>
internal interface IVectorKernel
{
    /// <summary>Does the work with vectors of one width.</summary>
    /// <typeparam name="TVector">The vectors.</typeparam>
    void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>;
}
