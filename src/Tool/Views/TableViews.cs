namespace MLExtensions.Tool.Views;

/// <summary>Views of tables that are as one that was described.</summary>
internal static class TableViews
{
    /// <summary>Shows the features, and the label where it is asked for.</summary>
    /// <param name="table">The description.</param>
    /// <param name="file">The table.</param>
    /// <param name="withLabel">Whether the label must be there.</param>
    /// <param name="token">Ends passes.</param>
    /// <param name="shows">Rows that are shown, by number; null for all.</param>
    /// <exception cref="ToolException">A column is missing.</exception>
    public static TableView Of(TableDescription table, TableFile file, bool withLabel, CancellationToken token, Func<long, bool>? shows = null) =>
        Of(table, file, file.ReadRows, withLabel, token, shows);

    /// <summary>Shows a table that can be read once, of which the header is behind.</summary>
    /// <param name="table">The description.</param>
    /// <param name="file">The table.</param>
    /// <param name="withLabel">Whether the label must be there.</param>
    /// <param name="token">Ends passes.</param>
    /// <param name="shows">Rows that are shown, by number; null for all.</param>
    /// <param name="read">Begins to read rows.</param>
    public static TableView Of(TableDescription table, TableFile file, Func<CsvReader> read, bool withLabel, CancellationToken token, Func<long, bool>? shows = null)
    {
        var columns = table.Features.Select(column => new ViewColumn(column.Name, PlaceOf(column.Name, table, file), column.Kind)).ToList();
        if (withLabel)
            columns.Add(new(table.Label, PlaceOf(table.Label, table, file), LabelKind(table), IsLabel: true));
        return new(file, read, columns, table.Missing, token) { Shows = shows };
    }

    private static ColumnKind LabelKind(TableDescription table) =>
        table.Task == TableTask.Regression ? ColumnKind.Number : table.LabelIsNumber ? ColumnKind.Code : ColumnKind.Text;

    private static int PlaceOf(string name, TableDescription table, TableFile file)
    {
        if (file.HasHeader)
            return Find(name, table, file);

        // Without names columns are told by their place; rows to predict may lack the label.
        int place = name == table.Label ? table.LabelPlace : table.Columns.Index().First(column => column.Item.Name == name).Index;
        int all = table.Columns.Count + 1;
        if (file.Names.Count == all)
            return name != table.Label && place >= table.LabelPlace ? place + 1 : place;
        if (file.Names.Count == all - 1 && name != table.Label)
            return place;
        throw new ToolException(Invariant($"{file.Source.Name}: expected {all} columns as in training{(name == table.Label ? "" : $", or {all - 1} without the label")}, got {file.Names.Count}, and no header that names them."));
    }

    private static int Find(string name, TableDescription table, TableFile file)
    {
        int place = file.Names.Index().Where(column => column.Item == name).Select(column => column.Index).DefaultIfEmpty(-1).First();
        if (place >= 0)
            return place;
        string role = name == table.Label ? "label" : "column";
        var unknown = file.Names.Except([.. table.Columns.Select(column => column.Name), table.Label]);
        string nearest = NearestName.Of(name, unknown) is { } near ? $" Is it '{near}'? Then rename it." : "";
        throw new ToolException($"{file.Source.Name} has no {role} '{name}', which the model was trained on.{nearest} Columns are: {TableFile.ListOf(file.Names)}.");
    }
}
