using MLExtensions.Pipeline;

namespace MLExtensions.Transforms;

/// <summary>
/// Maps scaled columns back to their original units; <see cref="ScalingTransformer.Inverse()"/> makes it. It is saved and loaded
/// as any transformer, and its own inverse scales again, without hard clipping.
/// </summary>
public sealed class InverseScalingTransformer : ScalingTransformer
{
    internal InverseScalingTransformer(IReadOnlyList<ScaledColumn<ColumnMap>> scaled)
        : base(scaled, isNormalized: false) { }

    /// <inheritdoc/>
    protected override void Save(ComponentWriter writer) =>
        ScalingLoader<InverseScalingLayout, InverseScalingTransformer, NoScalingOptions, ColumnMap>.Save(writer, Scaled, new());
}
