namespace MLExtensions.Tool.Tables;

/// <summary>What a model must know of its table to read another one of the same kind; saved with it.</summary>
internal sealed record TableDescription
{
    /// <summary>What the label is called.</summary>
    public required string Label { get; init; }

    /// <summary>What is predicted.</summary>
    public required TableTask Task { get; init; }

    /// <summary>Whether labels are numbers, and equal where they are as numbers.</summary>
    public bool LabelIsNumber { get; init; }

    /// <summary>Whether the file named its columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>All columns but the label, in the order of the file.</summary>
    public required IReadOnlyList<FileColumn> Columns { get; init; }

    /// <summary>The place of the label among all columns, counted from 0.</summary>
    public int LabelPlace { get; init; }

    /// <summary>Texts that stand for a missing value, beside the usual ones.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>How many rows were trained on and validated on.</summary>
    public long Rows { get; init; }

    /// <summary>What the rows that were held out said of the model, by the name of the metric; empty where none were.</summary>
    public IReadOnlyDictionary<string, double> HeldOut { get; init; } = new Dictionary<string, double>();

    /// <summary>The columns that are learned from.</summary>
    public IEnumerable<FileColumn> Features => Columns.Where(column => column.Kind != ColumnKind.Ignored);
}
