namespace MLExtensions.Networks.Optimizers;

/// <summary>An optimizer that looks at whole weight matrices before any of their weights move.</summary>
internal interface IMatrixOptimizer
{
    /// <summary>The strips of all weight matrices.</summary>
    int StripCount { get; }

    /// <summary>The layer, and where the weights, of a strip.</summary>
    (int Layer, int Offset, int Length) Strip(int number);

    /// <summary>Looks at a strip. Different strips may be looked at by different threads.</summary>
    /// <param name="number">The strip.</param>
    /// <param name="group">How its weights are updated.</param>
    void PrepareStrip(int number, ParameterGroup group);

    /// <summary>Called once after all strips, before any weight moves.</summary>
    void Decide();
}
