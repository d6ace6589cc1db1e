namespace MLExtensions.Trainers.Reading;

/// <summary>What to do about a column of the wrong type: the sentence at the end of the message.</summary>
internal static class ColumnAdvice
{
    private const string KnownSize = "Tell its size: [VectorType(n)] on the property, or SchemaDefinition.Create(...)[name].ColumnType = " +
        "new VectorDataViewType(NumberDataViewType.Single, n).";

    /// <summary>For a feature column.</summary>
    public static string? Features(ColumnType type) => type switch
    {
        { IsVector: true, IsKnownSize: false } when type.ItemType.Equals(NumberDataViewType.Single) => KnownSize,
        { IsText: true } => "Make numbers of text with Categorical.OneHotEncoding, and a vector of all features with Concatenate.",
        { IsKey: true } => "Make numbers of keys with Conversion.MapKeyToVector, and a vector of all features with Concatenate.",
        _ when type.ItemType.Equals(NumberDataViewType.Single) => type.IsVector ? null : "Make a vector of all features with Concatenate.",
        { IsNumber: true } or { ItemType: BooleanDataViewType } => "Convert it with Conversion.ConvertType(..., outputKind: DataKind.Single).",
        _ => null,
    };

    /// <summary>For the label of a binary or multiclass classification.</summary>
    public static string? ClassLabel(ColumnType type) => type switch
    {
        { IsVector: true, IsKey: false } => "Learn several labels of a row with ml.MultilabelClassification.",
        { IsKey: true, IsVector: false } => "Tell more classes apart with ml.MulticlassClassification.",
        _ => null,
    };

    /// <summary>For the label of a regression.</summary>
    public static string? Number(ColumnType type) => type switch
    {
        { IsKey: true } => "Keys stand for classes: tell them apart with ml.MulticlassClassification, or get numbers back with Conversion.MapKeyToValue.",
        { IsText: true } => "Make numbers of text that has them with Conversion.ConvertType(..., outputKind: DataKind.Single), or tell classes apart with ml.MulticlassClassification.",
        { IsVector: true, IsKnownSize: false } when type.ItemType.Equals(NumberDataViewType.Single) => KnownSize,
        { IsNumber: true } or { ItemType: BooleanDataViewType } => "Convert it with Conversion.ConvertType(..., outputKind: DataKind.Single).",
        _ => null,
    };

    /// <summary>For several labels, true or false each.</summary>
    public static string? ManyLabels(ColumnType type) => type switch
    {
        { IsVector: false } => "Learn one label of a row with ml.BinaryClassification or ml.MulticlassClassification, or make a vector of several with Concatenate.",
        { IsKnownSize: false } => KnownSize.Replace("NumberDataViewType.Single", "BooleanDataViewType.Instance", StringComparison.Ordinal),
        _ => null,
    };

    /// <summary>For the weight of a row.</summary>
    public static string? Weight(ColumnType type) =>
        type is { IsNumber: true, IsVector: false } ? "Convert it with Conversion.ConvertType(..., outputKind: DataKind.Single)." : null;
}
