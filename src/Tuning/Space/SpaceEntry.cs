namespace MLExtensions.Tuning.Space;

/// <summary>A dimension, and what its values mean.</summary>
/// <param name="Dimension">The dimension.</param>
internal sealed record SpaceEntry(Dimension Dimension)
{
    /// <summary>Puts a value into options; null where it is about the pipeline.</summary>
    public Func<DeepMlpOptions, double, DeepMlpOptions>? Set { get; init; }

    /// <summary>For each alternative the step that stands before the trainer, null for none; null where it is about options.</summary>
    public IReadOnlyList<IEstimator<ITransformer>?>? Steps { get; init; }
}
