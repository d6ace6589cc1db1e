namespace Microsoft.ML.Data;

internal static class DataKindExtensions
{
    public static PrimitiveDataViewType ToDataViewType(this DataKind kind)
        => kind switch
        {
            DataKind.SByte => NumberDataViewType.SByte,
            DataKind.Byte => NumberDataViewType.Byte,
            DataKind.Int16 => NumberDataViewType.Int16,
            DataKind.UInt16 => NumberDataViewType.UInt16,
            DataKind.Int32 => NumberDataViewType.Int32,
            DataKind.UInt32 => NumberDataViewType.UInt32,
            DataKind.Int64 => NumberDataViewType.Int64,
            DataKind.UInt64 => NumberDataViewType.UInt64,
            DataKind.Single => NumberDataViewType.Single,
            DataKind.Double => NumberDataViewType.Double,
            DataKind.String => TextDataViewType.Instance,
            DataKind.Boolean => BooleanDataViewType.Instance,
            DataKind.DateTime => DateTimeDataViewType.Instance,
            _ => throw new NotSupportedException($"{kind} is not part of the offline build"),
        };

    public static DataKind ToDataKind(this PrimitiveDataViewType type)
        => Enum.GetValues<DataKind>()
            .First(kind => kind is not (DataKind.TimeSpan or DataKind.DateTimeOffset) && kind.ToDataViewType().Equals(type));
}
