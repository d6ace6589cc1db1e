namespace MLExtensions.Transforms;

/// <summary>Columns scaled to magnitudes of at most 1; see <see cref="MaxAbsScalingEstimator"/>.</summary>
public sealed class MaxAbsScalingTransformer : ScalingTransformer<MaxAbsScalingParameters>
{
    internal MaxAbsScalingTransformer(IReadOnlyList<ScaledColumn<MaxAbsScalingParameters>> columns, MaxAbsScalingOptions options)
        : base(columns, options, writer => ScalingLoader<MaxAbsScalingLayout, MaxAbsScalingTransformer, MaxAbsScalingOptions, MaxAbsScalingParameters>.Save(writer, columns, options)) { }
}
