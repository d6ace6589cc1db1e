namespace MLExtensions.Transforms;

/// <summary>
/// Maps scaled columns back to their original units; <see cref="ScalingTransformer.Inverse()"/> makes it. It is saved and loaded
/// as any transformer, and its own inverse scales again, without hard clipping.
/// </summary>
public sealed class InverseScalingTransformer : ScalingTransformer
{
    internal const string LoaderName = "MLExtInverseScaling";

    internal InverseScalingTransformer(IReadOnlyList<ScaledColumn<ColumnMap>> scaled)
        : base(scaled, isNormalized: false) { }

    internal static ScalingArchive<NoScalingOptions, ColumnMap> Archive { get; } = new(LoaderName, map => map.Write(), map => map.Describe());

    /// <inheritdoc/>
    protected override void Save(ComponentWriter writer) => Archive.Save(writer, Scaled, new());
}
