[assembly: LoadableComponent(typeof(FeatureContributionTransformer), typeof(FeatureContributionArchive), FeatureContributionArchive.Loader)]

namespace MLExtensions.Trainers;

/// <summary>Adds to each row what each slot of its features contributes to its score; see <see cref="FeatureContributionEstimator"/>.</summary>
/// <remarks>It has the network of its own: saved with a model, the weights stand twice in the archive. Safe for use by several threads.</remarks>
public sealed class FeatureContributionTransformer : RowToRowTransformer
{
    private readonly RowLayout _layout;

    internal FeatureContributionTransformer(RowExplainer explainer, string featureColumnName, SlotNames? names)
    {
        Explainer = explainer;
        FeatureColumnName = featureColumnName;
        Names = names;
        _layout = explainer.Network.Layout ?? RowLayout.Numbers(explainer.Network.Inputs);
    }

    /// <summary>The name of the feature column.</summary>
    public string FeatureColumnName { get; }

    /// <summary>The options that contributions are computed with.</summary>
    public FeatureContributionOptions Options => Explainer.Options;

    /// <summary>The names of the slots; null where they have none.</summary>
    public IReadOnlyList<string>? FeatureNames => Names?.Texts;

    /// <summary>The number of rows that others are compared with.</summary>
    public int BaselineCount => Explainer.Baselines.Length / _layout.Width;

    /// <summary>A copy of the rows that others are compared with, [baselines x slots], row-major; NaN is a missing value.</summary>
    public float[] CopyBaselines() => [.. Explainer.Baselines];

    /// <summary>Explains one row, all its slots, in units of the score: the options of which contributions are given do not count.</summary>
    /// <param name="features">The features, as the model takes them.</param>
    /// <exception cref="ArgumentException">The row has another number of features.</exception>
    public Attributions Explain(ReadOnlySpan<float> features) => Explainer.Explain(features);

    /// <summary>Explains many rows, on all processors, and tells what each feature contributes in the mean: all contributions, in units of the score.</summary>
    /// <param name="data">Rows with the feature column.</param>
    /// <param name="maximumRows">The most rows that are explained, drawn at random where there are more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or of another type, or no row is asked for.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or values that the model does not take.</exception>
    public FeatureContributionSummary Summarize(IDataView data, int maximumRows = 1_000)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumRows, 1);

        var features = FindFeatures(data.Schema);
        var rows = FeatureBaselines.Draw(data, features, _layout, maximumRows, Options.Seed);
        if (rows.Count == 0)
            throw new InvalidOperationException("There are no rows to explain: expected at least one.");
        return FeatureContributionSummary.Of(Explainer, rows, Names?.Texts ?? SlotNames.Of(features)?.Texts);
    }

    internal RowExplainer Explainer { get; }

    internal SlotNames? Names { get; }

    /// <inheritdoc/>
    protected override RowMapping Bind(DataViewSchema inputSchema) => new FeatureContributionMapping(Explainer, FindFeatures(inputSchema), _layout, Names);

    /// <inheritdoc/>
    protected override void Save(ComponentWriter writer) => FeatureContributionArchive.Write(writer, this);

    private DataViewSchema.Column FindFeatures(DataViewSchema schema)
    {
        var features = TrainingColumns.FindFeatures(schema, FeatureColumnName, _layout.Width);
        FeatureLayout.Require(features, _layout);
        Names?.Require(features, "feature", "the model");
        return features;
    }
}
