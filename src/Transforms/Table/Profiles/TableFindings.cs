namespace MLExtensions.Transforms.Table.Profiles;

/// <summary>What is legal and yet suspicious about columns: one warning for each kind, which names all that it concerns.</summary>
internal sealed class TableFindings
{
    private const int Told = 10;

    // Of a column with fewer values, most rows having one of their own means little.
    private const int FewValues = 20;

    private readonly List<string> _empty = [];
    private readonly List<string> _constant = [];
    private readonly List<string> _names = [];

    public void AddEmpty(string name) => _empty.Add($"'{name}'");

    public void AddConstant(string name, string value) => _constant.Add($"'{name}' ({value})");

    /// <summary>Adds categories, of which there may be too many for the rows.</summary>
    public void AddValues(string name, int distinct, long rows)
    {
        if (distinct >= FewValues && distinct > rows / 2)
            _names.Add(Invariant($"'{name}' ({distinct} values in {rows} rows)"));
    }

    /// <summary>The warnings.</summary>
    public IEnumerable<string> Warnings()
    {
        if (_empty.Count > 0)
            yield return $"no training row has a value of {Listed(_empty)}: the slot is 0 always. Leave out what is never there.";
        if (_constant.Count > 0)
            yield return $"all training rows have the same value of {Listed(_constant)}, which tells them not apart. Leave it out.";
        if (_names.Count > 0)
        {
            yield return $"most training rows have a value of their own of {Listed(_names)}, as of a name or a number of rows: such categories tell nothing of other rows. " +
                "Leave it out (Except), merge rare values (MinimumCount), or name it in Numbers if it is one.";
        }
    }

    private static string Listed(List<string> names)
    {
        string more = names.Count > Told ? Invariant($" and {names.Count - Told} more") : "";
        return string.Join(", ", names.Take(Told)) + more;
    }
}
