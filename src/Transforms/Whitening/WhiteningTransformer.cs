namespace MLExtensions.Transforms;

/// <summary>Vectors whose slots are uncorrelated; see <see cref="WhiteningEstimator"/>.</summary>
public sealed class WhiteningTransformer : ScalingTransformer<WhiteningParameters>
{
    internal WhiteningTransformer(IReadOnlyList<ScaledColumn<WhiteningParameters>> columns, WhiteningOptions options)
        : base(columns, options, writer => ScalingLoader<WhiteningLayout, WhiteningTransformer, WhiteningOptions, WhiteningParameters>.Save(writer, columns, options)) { }
}
