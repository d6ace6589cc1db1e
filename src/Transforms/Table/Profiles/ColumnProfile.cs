namespace MLExtensions.Transforms.Table.Profiles;

/// <summary>What training rows tell of one column, read row by row, and what it is taken for in the end.</summary>
internal sealed class ColumnProfile
{
    // Fewer rows for a value than this, and it is no category but a number with few values so far.
    private const int RowsPerWholeNumber = 10;

    private readonly DataViewRow _row;
    private readonly DataViewSchema.Column _column;
    private readonly ColumnWish _wish;
    private readonly TableEncodingOptions _options;
    private readonly ColumnCells _cells;
    private readonly SourceProfile[] _sources;
    private readonly SlotNames? _names;
    private readonly bool _hasKeyValues;
    private readonly int _mostTexts;

    public ColumnProfile(DataViewRow row, DataViewSchema.Column column, ColumnWish wish, TableEncodingOptions options, int mostTexts = CategoryCounts.Maximum)
    {
        _row = row;
        _column = column;
        _wish = wish;
        _options = options;
        _mostTexts = mostTexts;
        _cells = ColumnCells.Of(row, column, options.MissingTexts);
        _sources = SourcesOf(column.Type, wish);
        _names = column.Type is VectorDataViewType ? SlotNames.Of(column) : null;
        _hasKeyValues = column.Type is KeyDataViewType && KeyCells.HasTexts(column);
    }

    /// <summary>Reads the row at which the cursor stands.</summary>
    /// <exception cref="InvalidOperationException">A number is infinite, a text is no number, or there are too many categories.</exception>
    public void AddRow()
    {
        _cells.Read();
        foreach (var source in _sources)
        {
            if (source.WantsNumbers)
                AddNumber(source);
            if (source.Texts is { } texts)
                AddText(source, texts);
        }
    }

    /// <summary>What the column is taken for; what is suspicious about it goes to the findings.</summary>
    public TableColumn Finish(TableFindings findings)
    {
        var (kind, parts) = CellSources.IsTime(_column.Type) && _wish == ColumnWish.None ? PartsOfTime(findings) : PartsOfValues(findings);
        return new TableColumn(_column.Name, _column.Type, kind, parts) { Names = _names, HasKeyValues = _hasKeyValues };
    }

    private static SourceProfile[] SourcesOf(DataViewType type, ColumnWish wish)
    {
        int count = CellSources.CountOf(type), total = CellSources.TotalOf(type);
        return (type, wish) switch
        {
            (_, ColumnWish.Category) => [new(total, true, false)],
            _ when CellSources.IsTime(type) && wish == ColumnWish.None =>
                [.. Enumerable.Range(0, count).Select(source => new SourceProfile(source, CellSources.IsCyclicPart(type, source), !CellSources.IsCyclicPart(type, source)))],
            (VectorDataViewType, _) => [.. Enumerable.Range(0, count).Select(source => new SourceProfile(source, false, true))],
            (_, ColumnWish.Number) => [new(total, false, true)],
            (TextDataViewType or BooleanDataViewType or KeyDataViewType, _) => [new(0, true, false)],
            _ => [new(0, TableTypes.IsWhole(type), true)],
        };
    }

    private void AddNumber(SourceProfile source)
    {
        double number = _cells.Number(source.Source);
        if (!double.IsNaN(number))
        {
            if (!float.IsFinite((float)number))
                throw ValueErrors.Infinite(_column, source.Source, number, _row.Position);
            source.AddNumber(number);
            source.AddPresent();
        }
        else
        {
            if (_column.Type is TextDataViewType && _cells.Text(source.Source) is { IsEmpty: false } text)
                throw ValueErrors.NoNumber(_column, text.ToString(), _row.Position);
            source.AddMissing();
        }
    }

    private void AddText(SourceProfile source, TextCounts texts)
    {
        var text = _cells.Text(source.Source);
        if (!text.IsEmpty)
            texts.Add(text);
        if (source.WantsNumbers)
        {
            // Counted as a number already.
            if (texts.Distinct > _options.WholeNumberCategories)
                source.DropTexts();
        }
        else
        {
            if (text.IsEmpty)
                source.AddMissing();
            else
                source.AddPresent();
            if (texts.Distinct > _mostTexts)
                throw ValueErrors.TooManyCategories(_column, _mostTexts, _row.Position);
        }
    }

    private (TableColumnKind Kind, TablePart[] Parts) PartsOfValues(TableFindings findings)
    {
        TablePart[] parts = [.. _sources.Select(source => PartOf(source, NameOf(source), findings))];
        var kind = Array.TrueForAll(parts, part => part is TableEmptyPart) ? TableColumnKind.Empty
            : parts[0] is TableCategoryPart ? TableColumnKind.Category : TableColumnKind.Number;
        return (kind, parts);
    }

    private TablePart PartOf(SourceProfile source, string name, TableFindings findings)
    {
        if (source.Present == 0)
        {
            findings.AddEmpty(name);
            return new TableEmptyPart(name, source.Missing) { Source = source.Source };
        }
        if (IsCategory(source, out var numbers))
            return CategoryOf(source, name, findings);

        numbers ??= source.Numbers();
        if (numbers.Minimum == numbers.Maximum && source.Missing == 0)
            findings.AddConstant(name, Invariant($"{numbers.Minimum}"));
        return NumberOf(source, numbers, name, name);
    }

    private bool IsCategory(SourceProfile source, out SortedSample? numbersOfTexts)
    {
        numbersOfTexts = null;
        if (_wish != ColumnWish.None)
            return _wish == ColumnWish.Category;
        if (source.WantsNumbers)
            return source.Texts is { } texts && (long)RowsPerWholeNumber * texts.Distinct <= source.Present;
        numbersOfTexts = _column.Type is TextDataViewType ? source.NumbersOfTexts() : null;
        return numbersOfTexts is null;
    }

    // Of a time that does not vary one part is left.
    private (TableColumnKind Kind, TablePart[] Parts) PartsOfTime(TableFindings findings)
    {
        var total = _sources[^1];
        if (total.Present == 0)
        {
            findings.AddEmpty(_column.Name);
            return (TableColumnKind.Empty, [new TableEmptyPart(_column.Name, total.Missing) { Source = total.Source }]);
        }

        string? indicator = _column.Name;
        var parts = new List<TablePart>();
        foreach (var source in _sources)
        {
            if (source.WantsNumbers)
            {
                var numbers = source.Numbers();
                if (numbers.Minimum == numbers.Maximum && source != total)
                    continue;
                parts.Add(NumberOf(source, numbers, NameOf(source), indicator));
                indicator = null;
            }
            else if (source.Texts!.Distinct > 1)
            {
                parts.Add(CategoryOf(source, NameOf(source), findings: null));
            }
        }
        if (parts.Count == 1 && total.Numbers() is { Minimum: var one, Maximum: var other } && one == other && total.Missing == 0)
            findings.AddConstant(_column.Name, "one time");
        return (TableColumnKind.Time, [.. parts]);
    }

    private TableCategoryPart CategoryOf(SourceProfile source, string name, TableFindings? findings)
    {
        var texts = source.Texts!;
        if (texts.Distinct == 1 && source.Missing == 0)
            findings?.AddConstant(name, texts.Items.First().Key);
        else
            findings?.AddValues(name, texts.Distinct, source.Present);
        var categories = CategoryFit.Of(texts, source.Missing, _options, CellSources.OrderOf(_column.Type, _hasKeyValues, source.Source));
        return new(name, source.Missing, categories) { Source = source.Source };
    }

    private TableNumberPart NumberOf(SourceProfile source, SortedSample numbers, string name, string? indicatorOf)
    {
        long middle = numbers.Count / 2;
        double median = numbers.Count % 2 == 1 ? numbers[middle] : numbers[middle - 1] / 2 + numbers[middle] / 2;
        double origin = CellSources.IsTime(_column.Type) && source.Source == CellSources.TotalOf(_column.Type) ? numbers.Minimum : 0;
        bool hasIndicator = indicatorOf is not null && source.Missing > 0 && _options.MissingNumbers == MissingNumbers.Median;
        return new(name, source.Missing, median - origin, hasIndicator ? $"{indicatorOf} is missing" : null) { Source = source.Source, Origin = origin };
    }

    private string NameOf(SourceProfile source) => _wish == ColumnWish.Category ? _column.Name : CellSources.NameOf(_column, _names, source.Source);
}
