namespace MLExtensions.Transforms.Columns;

/// <summary>A column with what scales it. The type is the one that was fitted to.</summary>
/// <typeparam name="T">What a scaler has found in the column, or the map that follows from that.</typeparam>
internal sealed record ScaledColumn<T>(string OutputColumnName, string InputColumnName, DataViewType Type, T Parameters)
{
    /// <summary>The names of the slots that were fitted to; null where they have none, or where nothing was.</summary>
    public SlotNames? Names { get; init; }

    /// <summary>The same column with something else that scales it.</summary>
    public ScaledColumn<TOther> With<TOther>(Func<T, TOther> convert) =>
        new(OutputColumnName, InputColumnName, Type, convert(Parameters)) { Names = Names };
}
