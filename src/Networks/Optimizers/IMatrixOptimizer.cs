namespace MLExtensions.Networks.Optimizers;

/// <summary>
/// An optimizer that looks at whole weight matrices before any of their weights move: at each strip of their gradients, and then in rounds
/// of its own.
/// </summary>
internal interface IMatrixOptimizer
{
    /// <summary>The strips of all matrices that it looks at.</summary>
    int StripCount { get; }

    /// <summary>What comes after the strips, before any weight moves.</summary>
    MatrixRound[] Rounds { get; }

    /// <summary>The layer, and where the weights, of a strip.</summary>
    (int Layer, int Offset, int Length) Strip(int number);

    /// <summary>Whether a place is that of a weight of a matrix that it looks at.</summary>
    bool HasWeightAt(int offset);

    /// <summary>Looks at a strip. Different strips may be looked at by different threads.</summary>
    /// <param name="number">The strip.</param>
    /// <param name="group">How its weights are updated.</param>
    void PrepareStrip(int number, ParameterGroup group);
}

/// <summary>Work that threads share in parts before they meet; each part is done whole by one, so that results depend on no number of threads.</summary>
/// <param name="Parts">The number of parts.</param>
/// <param name="Execute">Does the part of a number.</param>
internal sealed record MatrixRound(int Parts, Action<int> Execute);
