using System.Collections.Immutable;

namespace MLExtensions.Transforms;

/// <summary>How quantile scaling stands in a model archive.</summary>
internal sealed class QuantileScalingLayout : IScalingLayout<QuantileScalingTransformer, QuantileScalingOptions, QuantileScalingParameters>
{
    public const string Name = "MLExtQuantileScaling";

    private const string Quantiles = "quantiles";

    public static string LoaderName => Name;

    public static NumbersDescription? Describe(QuantileScalingParameters parameters) => new(Size: parameters.Quantiles[0].Length);

    public static IEnumerable<NamedNumbers> Write(QuantileScalingParameters parameters) =>
        [QuantileTable.Write(Quantiles, [.. parameters.Quantiles.Select(slot => (IReadOnlyList<double>)slot)])];

    public static QuantileScalingParameters Read(NumbersReader numbers) => new([.. QuantileTable.Read(Quantiles, numbers).Select(slot => slot.ToImmutableArray())]);

    public static QuantileScalingTransformer Create(IReadOnlyList<ScaledColumn<QuantileScalingParameters>> columns, QuantileScalingOptions options) =>
        new(columns, options);
}
