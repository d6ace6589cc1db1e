namespace MLExtensions.Transforms.Columns;

/// <summary>What to do about a column that no scaler takes: the sentence at the end of the message.</summary>
internal static class ScalingAdvice
{
    /// <summary>For a column to scale.</summary>
    public static string? Of(ColumnType type) => type switch
    {
        { IsKey: true } => "Make numbers of keys with Conversion.MapKeyToVector, which need no scaling, or get numbers back with Conversion.MapKeyToValue.",
        { IsText: true } => "Make numbers of text that has them with Conversion.ConvertType(..., outputKind: DataKind.Single), and of categories with " +
            "Categorical.OneHotEncoding, which need no scaling.",
        { ItemType: BooleanDataViewType } => "True and false need no scaling: convert them with Conversion.ConvertType(..., outputKind: DataKind.Single) alone.",
        { IsKnownSize: false } when ScalableTypes.IsNumber(type.ItemType) => "Tell its size: [VectorType(n)] on the property, or SchemaDefinition.Create(...)[name].ColumnType = " +
            $"new VectorDataViewType(NumberDataViewType.{type.ItemType}, n).",
        { IsNumber: true } when !ScalableTypes.IsNumber(type.ItemType) => "Convert it with Conversion.ConvertType(..., outputKind: DataKind.Single).",
        // Refused only where it must be a vector.
        { IsVector: false } when ScalableTypes.IsNumber(type.ItemType) => "Make a vector of several columns with Concatenate, or scale one with ScaleStandard.",
        _ => null,
    };
}
