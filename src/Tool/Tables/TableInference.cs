namespace MLExtensions.Tool.Tables;

/// <summary>Decides what each column of a table is for.</summary>
internal static class TableInference
{
    /// <summary>Describes a table.</summary>
    /// <param name="profile">What is in it.</param>
    /// <param name="label">The place of the label.</param>
    /// <param name="overrides">What the user says of columns.</param>
    /// <param name="told">What the user says is to be predicted; null for what the label asks for.</param>
    /// <param name="missing">Texts that stand for a missing value, beside the usual ones.</param>
    /// <returns>The description, and why the task is what it is.</returns>
    /// <exception cref="ToolException">The table cannot be learned from.</exception>
    public static (TableDescription Table, string Reason) Of(TableProfile profile, int label, ColumnOverrides overrides, TableTask? told, IReadOnlyList<string> missing)
    {
        var kinds = overrides.In(profile.File);
        if (kinds.ContainsKey(label))
            throw new UsageException($"The label '{profile.File.Names[label]}' is named by --text, --number, --date or --ignore too: these are for the other columns; --task says what the label is.");

        var (task, reason) = LabelInference.Of(profile.Columns[label], told);
        var table = new TableDescription
        {
            Label = profile.File.Names[label],
            LabelPlace = label,
            LabelIsNumber = profile.Columns[label].Numbers == profile.Columns[label].Present,
            Task = task,
            HasHeader = profile.File.HasHeader,
            Columns = ColumnsOf(profile, label, kinds),
            Missing = missing,
        };
        return table.Features.Any()
            ? (table, reason)
            : throw new ToolException($"{profile.File.Source.Name}: no column is left to learn from. {string.Join("; ", table.Columns.Select(column => $"'{column.Name}': {column.Reason}"))}. Use --text or --number to take one all the same.");
    }

    /// <summary>What each column but the label is taken for.</summary>
    /// <inheritdoc cref="Of"/>
    public static IReadOnlyList<FileColumn> ColumnsOf(TableProfile profile, int label, IReadOnlyDictionary<int, ColumnKind> kinds) =>
        [.. profile.Columns.Index().Where(column => column.Index != label).Select(column => ColumnInference.Of(column.Item, kinds.TryGetValue(column.Index, out var kind) ? kind : null))];
}
