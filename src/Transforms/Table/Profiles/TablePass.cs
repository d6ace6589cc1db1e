namespace MLExtensions.Transforms.Table.Profiles;

/// <summary>Finds what the columns of a table are, in one pass.</summary>
internal static class TablePass
{
    /// <exception cref="InvalidOperationException">There are no rows, or a value cannot be encoded.</exception>
    public static TableColumns Fit(IDataView data, ChosenColumn[] chosen, TableEncodingOptions options, Action<string> warn)
    {
        using var cursor = data.GetRowCursor(chosen.Select(column => column.Column));
        var profiles = Array.ConvertAll(chosen, column => new ColumnProfile(cursor, column.Column, column.Wish, options));
        ReadAll(cursor, profiles);

        var findings = new TableFindings();
        var columns = new TableColumns([.. profiles.Select(profile => profile.Finish(findings))], options.CategoryEncoding);
        foreach (string warning in findings.Warnings())
            warn(warning);
        return columns;
    }

    private static void ReadAll(DataViewRowCursor cursor, ColumnProfile[] profiles)
    {
        if (!cursor.MoveNext())
            throw new InvalidOperationException("The data have no rows; encoding a table needs at least one.");
        do
        {
            foreach (var profile in profiles)
                profile.AddRow();
        }
        while (cursor.MoveNext());
    }
}
