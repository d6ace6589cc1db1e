using System.Text.Json.Nodes;

namespace MLExtensions.Tool.Output;

/// <summary>What each column was taken for, as a table.</summary>
internal static class ColumnTable
{
    /// <summary>The table as text.</summary>
    /// <param name="profile">What is in the columns.</param>
    /// <param name="table">What they were taken for.</param>
    public static string Text(TableProfile profile, TableDescription table)
    {
        string[][] rows = [.. profile.Columns.Index().Select(column => Row(column.Item, column.Index == table.LabelPlace ? null : ColumnAt(table, column.Index), table))];
        return TextTable.Of([["column", "taken for", "missing", "values"], .. rows], leftColumns: 2).TrimEnd();
    }

    /// <summary>The table as JSON.</summary>
    /// <inheritdoc cref="Text"/>
    public static JsonArray Json(TableProfile profile, TableDescription table) => new([.. profile.Columns.Index().Select(column => (JsonNode)Entry(column.Item, column.Index == table.LabelPlace ? null : ColumnAt(table, column.Index)))]);

    private static JsonObject Entry(ColumnProfile profile, FileColumn? column) => new()
    {
        ["name"] = profile.Name,
        ["takenFor"] = column is null ? "label" : KindText(column.Kind),
        ["reason"] = column?.Reason,
        ["missing"] = profile.Missing,
        ["distinct"] = profile.Distinct,
    };

    private static string[] Row(ColumnProfile profile, FileColumn? column, TableDescription table)
    {
        string kind = column is null ? $"label ({TaskText(table.Task)})" : KindText(column.Kind) + (column.Reason is null ? "" : $" ({column.Reason})");
        bool isNumber = column is null ? table.Task == TableTask.Regression : column.Kind == ColumnKind.Number;
        string values = isNumber
            ? $"{NumberText.Of(profile.Minimum)} to {NumberText.Of(profile.Maximum)}"
            : $"{NumberText.Whole(profile.Distinct)}{(profile.HasMore ? " or more" : "")}";
        return [profile.Name, kind, NumberText.Whole(profile.Missing), values];
    }

    private static FileColumn ColumnAt(TableDescription table, int place) => table.Columns[place > table.LabelPlace && table.LabelPlace >= 0 ? place - 1 : place];

    /// <summary>A kind in words.</summary>
    public static string KindText(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "number",
        ColumnKind.Code or ColumnKind.Text => "category",
        ColumnKind.Date => "date",
        _ => "ignored",
    };

    /// <summary>A task in words.</summary>
    public static string TaskText(TableTask task) => task switch
    {
        TableTask.Binary => "binary",
        TableTask.Multiclass => "multiclass",
        _ => "regression",
    };
}
