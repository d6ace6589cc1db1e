namespace MLExtensions.Tool.Views;

/// <summary>A column of a view: where it is in the file, and how its cells are read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">Its place in the file.</param>
/// <param name="Kind">What it is taken for.</param>
/// <param name="IsLabel">Whether it is the label, of which missing texts are those of numbers.</param>
internal sealed record ViewColumn(string Name, int Place, ColumnKind Kind, bool IsLabel = false)
{
    /// <summary>Its type in ML.NET.</summary>
    public DataViewType Type => Kind switch
    {
        ColumnKind.Number => NumberDataViewType.Single,
        ColumnKind.Date => DateTimeDataViewType.Instance,
        _ => TextDataViewType.Instance,
    };
}
