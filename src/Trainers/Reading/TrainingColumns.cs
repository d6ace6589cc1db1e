namespace MLExtensions.Trainers.Reading;

/// <summary>The columns that a training reads, found in a schema and checked.</summary>
/// <param name="Features">The feature column.</param>
/// <param name="FeatureCount">The number of features.</param>
/// <param name="Label">The label column.</param>
/// <param name="Weight">The column of example weights, or null.</param>
internal sealed record TrainingColumns(DataViewSchema.Column Features, int FeatureCount, LabelColumn Label, DataViewSchema.Column? Weight)
{
    private const string ExpectedFeatures = "Vector<Single> of known size";

    /// <summary>What the slots of the features are; null where all are numbers.</summary>
    public RowLayout? Layout { get; init; }

    /// <summary>The names of the features; null where they have none.</summary>
    public SlotNames? FeatureNames { get; init; }

    /// <summary>What rows are set aside by; null where no column is.</summary>
    public RowKeys? Keys { get; init; }

    /// <summary>All columns that are read.</summary>
    public IEnumerable<DataViewSchema.Column> All => [Features, .. AllButFeatures];

    /// <summary>All columns that are read where features are there already.</summary>
    public IEnumerable<DataViewSchema.Column> AllButFeatures =>
        [Label.Column, .. Weight is { } weight ? [weight] : Array.Empty<DataViewSchema.Column>(), .. Keys is { } keys ? [keys.Column] : Array.Empty<DataViewSchema.Column>()];

    /// <summary>Finds the feature column of a shape.</summary>
    public static SchemaShape.Column FindFeatures(SchemaShape shape, string name) =>
        SchemaChecks.Require(shape, "feature", name, ExpectedFeatures,
            column => column is { Kind: SchemaShape.Column.VectorKind.Vector, IsKey: false } && column.ItemType.Equals(NumberDataViewType.Single),
            ColumnAdvice.Features);

    /// <summary>Finds the feature column of a schema; where a count is given, the column must have as many features.</summary>
    public static DataViewSchema.Column FindFeatures(DataViewSchema schema, string name, int? featureCount = null) =>
        SchemaChecks.Require(schema, "feature", name, featureCount is { } count ? $"Vector<Single, {count}>" : ExpectedFeatures,
            type => type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Single)
                && (featureCount is null || vector.Size == featureCount), ColumnAdvice.Features);

    /// <summary>Finds the weight column of a shape, if one is named.</summary>
    public static void CheckWeight(SchemaShape shape, string? name)
    {
        if (name is not null)
            SchemaChecks.Require(shape, "example weight", name, "Single",
                column => column is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: false } && column.ItemType.Equals(NumberDataViewType.Single),
                ColumnAdvice.Weight);
    }

    /// <summary>Finds the weight column of a schema, if one is named.</summary>
    public static DataViewSchema.Column? FindWeight(DataViewSchema schema, string? name) =>
        name is null ? null : SchemaChecks.Require(schema, "example weight", name, "Single", type => type.Equals(NumberDataViewType.Single), ColumnAdvice.Weight);
}
