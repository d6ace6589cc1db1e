using System.Runtime.InteropServices;

namespace MLExtensions.Trainers.Reading;

/// <summary>
/// Reads the columns of a training into dense arrays, in one pass over each view with one cursor, and refuses rows that no
/// training could use.
/// </summary>
/// <remarks>
/// One cursor is enough: reading is a copy of memory, and copying a cached row takes less than the view needs to hand it out.
/// Sets of cursors tell the order of their rows by batches of unknown sizes, so that every row would be copied once more.
/// </remarks>
internal sealed class DataBlockReader : IDisposable
{
    // Rows are checked a portion at a time, while they are in the cache: many short loops would cost half of the reading.
    private const int PortionRows = 256;

    // Cancellation is looked up every so many rows; for rows that come at millions a second, each lookup would show.
    private const int CancellationMask = 15;

    private readonly int _featureCount;
    private readonly int _targetCount;
    private readonly int _maximumRows;
    private readonly FeatureStore? _features;
    private readonly KeptFeatures? _kept;
    private readonly RowCosts _costs;
    private readonly RowStore<float> _targets;
    private readonly RowStore<float>? _weights;
    private readonly MissingLabels _missingLabels;
    private readonly long[] _rowNumbers = new long[PortionRows];
    private readonly int[] _rowKeys = new int[PortionRows];
    private readonly RowStore<long>? _numbers;
    private readonly RowStore<int>? _keys;

    private DataBlockReader(TrainingColumns columns, long? expectedRows, MissingLabels missingLabels, RowMemoryOptions? memory, RowCosts costs, Action<string>? log)
    {
        _missingLabels = missingLabels;
        _numbers = missingLabels == MissingLabels.Refuse ? null : new RowStore<long>(1, 0);
        _keys = columns.Keys is null ? null : new RowStore<int>(1, 0);
        _featureCount = columns.FeatureCount;
        _targetCount = columns.Label.TargetCount;
        _maximumRows = Array.MaxLength / (memory is null ? Math.Max(_featureCount, _targetCount) : _targetCount);
        if (expectedRows > _maximumRows)
            throw TooManyRows();

        int rows = (int)(expectedRows ?? 0);
        _costs = costs;
        _kept = memory is null ? null : KeptFeatures.Open(memory, KeptRowFacts.Of(columns, missingLabels));
        _features = _kept is null ? new FeatureStore(_featureCount, expectedRows, memory, costs, log) : null;
        _targets = new RowStore<float>(_targetCount, rows);
        _weights = columns.Weight is null ? null : new RowStore<float>(1, rows);
    }

    private int Rows { get; set; }

    /// <summary>Reads a training view and, behind its rows, those of a validation view.</summary>
    /// <param name="training">The training view.</param>
    /// <param name="columns">Its columns. What index of values their label has is closed when the view is read.</param>
    /// <param name="validation">The validation view, or null.</param>
    /// <param name="validationColumns">Its columns.</param>
    /// <param name="isCanceled">Whether to stop.</param>
    /// <param name="missingLabels">What becomes of rows without label.</param>
    /// <param name="log">Takes a message about rows that are left out, and about those that are in a file.</param>
    /// <param name="memory">How much memory rows may take; null for any. Whoever gets the rows disposes of their features, where these are in a file.</param>
    /// <param name="costs">What each row takes in memory besides its features.</param>
    public static RowsOfViews Read(IDataView training, TrainingColumns columns,
        IDataView? validation, TrainingColumns? validationColumns, Func<bool> isCanceled, MissingLabels missingLabels = MissingLabels.Refuse,
        Action<string>? log = null, RowMemoryOptions? memory = null, RowCosts costs = default)
    {
        using var reader = new DataBlockReader(columns, training.GetRowCount() + (validation is null ? 0 : validation.GetRowCount()), missingLabels, memory, costs, log);
        long viewRows = reader.Append(training, columns, "training", isCanceled, log);
        int trainingRows = reader.Rows;
        columns.Label.Index?.Close();
        if (validation is not null)
            reader.Append(validation, validationColumns!, "validation", isCanceled, log);
        var (keys, withoutKey) = columns.Keys?.ToKeys(reader._keys!.ToArray()) ?? default;
        float[] targets = reader._targets.ToArray();
        // What a reading that was cancelled leaves is not kept.
        var facts = memory?.KeepAs is null || isCanceled() ? null : KeptRowFacts.Of(columns, missingLabels, trainingRows, reader.Rows, targets);
        return new(new DataBlock(reader.Rows, reader._featureCount, reader._targetCount,
            reader.Features(facts, columns, trainingRows, log), targets, reader._weights?.ToArray())
        {
            Layout = columns.Layout,
        }, trainingRows)
        {
            ViewRows = viewRows,
            Keys = keys,
            RowsWithoutKey = withoutKey,
            Numbers = viewRows == trainingRows ? null : reader._numbers?.ToArray(),
        };
    }

    public void Dispose()
    {
        _features?.Dispose();
        _kept?.Dispose();
        _targets.Dispose();
        _weights?.Dispose();
        _numbers?.Dispose();
        _keys?.Dispose();
    }

    private long Append(IDataView view, TrainingColumns columns, string role, Func<bool> isCanceled, Action<string>? log)
    {
        int before = Rows;
        if (_kept is not null)
            CompareFirst(view, columns, role, isCanceled);
        using var cursor = view.GetRowCursor(_kept is null ? columns.All : columns.AllButFeatures);
        var source = new RowSource(cursor, columns, role, readsFeatures: _kept is null);
        int room, read;
        do
        {
            var portion = NextPortion();
            room = portion.Rows;
            read = ReadPortion(source, portion, isCanceled);
            Advance(read);
            _numbers?.Add(_rowNumbers.AsSpan(0, read));
            if (source.ReadKey is not null)
                _keys!.Add(_rowKeys.AsSpan(0, read));
        }
        while (read == room && room > 0);

        if (room == 0 && cursor.MoveNext())
            throw TooManyRows();
        if (Rows == before && !isCanceled())
            throw new InvalidOperationException(source.RowsMoved == 0
                ? $"The {role} data has no rows."
                : $"The {role} data has no row with a label: all {source.RowsMoved} are missing in column '{columns.Label.Column.Name}'.");
        if (source.RowsLeftOut > 0)
            log?.Invoke(Invariant($"left out {source.RowsLeftOut} of {Plural.Of(source.RowsMoved, $"{role} row")} without label in column '{columns.Label.Column.Name}'."));
        return source.RowsMoved;
    }

    private RowPortion NextPortion()
    {
        int rows = Math.Min(PortionRows, _maximumRows - Rows);
        if (rows == 0)
            return default;

        var features = _features is null ? default : _features.Room(rows);
        var targets = _targets.Room(rows);
        var weights = _weights is null ? default : _weights.Room(rows);
        rows = Math.Min(_features is null ? rows : features.Length / _featureCount, targets.Length / _targetCount);
        return new RowPortion(_weights is null ? rows : Math.Min(rows, weights.Length), features, targets, weights);
    }

    private void Advance(int rows)
    {
        Rows += rows;
        _features?.Advance(rows);
        _targets.Advance(rows);
        _weights?.Advance(rows);
    }

    /// <summary>Reads and checks as many rows as there is room for, and gives their number: less at the end, or where cancelled.</summary>
    private int ReadPortion(RowSource source, RowPortion portion, Func<bool> isCanceled)
    {
        int row = 0;
        try
        {
            while (row < portion.Rows && ((row & CancellationMask) != 0 || !isCanceled()) && source.MoveNext(out _rowNumbers[row]))
            {
                var targets = portion.Targets.Slice(row * _targetCount, _targetCount);
                source.ReadLabel(targets);
                if (IsLeftOut(targets))
                {
                    source.RowsLeftOut++;
                    continue;
                }

                if (!portion.Features.IsEmpty)
                    source.ReadFeatures(portion.Features.Slice(row * _featureCount, _featureCount));
                if (_weights is not null)
                    source.ReadWeight(out portion.Weights[row]);
                if (source.ReadKey is { } readKey)
                    _rowKeys[row] = readKey();
                row++;
            }
        }
        catch
        {
            // What the view throws comes after whatever is wrong with the rows before.
            TrainingRowChecks.RequireUsable(portion, row, source.Columns, _rowNumbers, source.Role);
            throw;
        }
        TrainingRowChecks.RequireUsable(portion, row, source.Columns, _rowNumbers, source.Role);
        return row;
    }

    // The features of the first rows of a view must be those of the file, bit for bit.
    private void CompareFirst(IDataView view, TrainingColumns columns, string role, Func<bool> isCanceled)
    {
        using var cursor = view.GetRowCursor(columns.All);
        float[] features = new float[PortionRows * _featureCount], targets = new float[PortionRows * _targetCount], weights = new float[_weights is null ? 0 : PortionRows];
        int read = ReadPortion(new RowSource(cursor, columns, role), new RowPortion(PortionRows, features, targets, weights), isCanceled);
        int compared = Math.Min(read, _kept!.Blocks.Rows - Rows);
        float[] kept = new float[compared * _featureCount];
        _kept.Copy(Rows, kept);
        int same = MemoryMarshal.Cast<float, int>(features.AsSpan(0, kept.Length)).CommonPrefixLength(MemoryMarshal.Cast<float, int>(kept));
        if (same == kept.Length)
            return;
        var (row, slot) = (same / _featureCount, same % _featureCount);
        throw _kept.Other(Invariant($"row {_rowNumbers[row]} (counted from 0) of the {role} data has {features[same]} in slot {slot}{RowChecks.SlotName(columns.Features, slot)} of feature column '{columns.Features.Name}', and the file {kept[same]}"));
    }

    private FeatureRows Features(RowFileFacts? facts, TrainingColumns columns, int trainingRows, Action<string>? log)
    {
        if (_kept is null)
            return _features!.ToRows(facts);
        if (facts is not null)
            _kept.Require(facts);
        if (facts is not null && KeptRowFacts.LabelOf(_kept) is var label && label != $"'{columns.Label.Column.Name}'")
            log?.Invoke($"the rows of the file of RowMemory.KeepAs were kept beside label column {label}: whether they come in the same order cannot be seen by '{columns.Label.Column.Name}'.");
        var features = _kept.ToRows(_costs, log);
        TrainingRowChecks.RequireAllowed(features, columns, trainingRows);
        return features;
    }

    private bool IsLeftOut(ReadOnlySpan<float> targets) => _missingLabels switch
    {
        MissingLabels.Skip => MissingTargets.Present(targets) < 1,
        MissingLabels.Mask => MissingTargets.Present(targets) == 0,
        _ => false,
    };

    private InvalidOperationException TooManyRows() => new(Invariant(
        $"The data has more than {_maximumRows:N0} rows of {Plural.Of(_featureCount, "feature")}, the most that one array of Single holds. ") +
        "Where most features are zeros of one-hot columns, hash them into fewer (OneHotHashEncoding), or give the index of the category with CategoryCounts.");

    /// <summary>The getters of one cursor.</summary>
    private sealed class RowSource
    {
        private readonly FeatureReader? _features;
        private readonly LabelReader _readLabel;
        private readonly ValueGetter<float>? _getWeight;

        private readonly DataViewRowCursor _cursor;

        public RowSource(DataViewRowCursor cursor, TrainingColumns columns, string role, bool readsFeatures = true)
        {
            _cursor = cursor;
            Columns = columns;
            Role = role;
            _features = readsFeatures ? new FeatureReader(cursor, columns.Features, columns.Layout) : null;
            _readLabel = columns.Label.CreateReader(cursor);
            _getWeight = columns.Weight is { } weight ? cursor.GetGetter<float>(weight) : null;
            ReadKey = columns.Keys?.CreateReader(cursor);
        }

        public TrainingColumns Columns { get; }

        /// <summary>Reads what the present row is set aside by; null where no column is.</summary>
        public Func<int>? ReadKey { get; }

        /// <summary>What the view is for, for messages.</summary>
        public string Role { get; }

        /// <summary>The number of rows that were there so far.</summary>
        public long RowsMoved { get; private set; }

        /// <summary>How many of them have no label, and were left out.</summary>
        public long RowsLeftOut { get; set; }

        /// <summary>Goes to the next row and tells its number, counted from 0.</summary>
        public bool MoveNext(out long number)
        {
            number = RowsMoved;
            bool moved = _cursor.MoveNext();
            RowsMoved += moved ? 1 : 0;
            return moved;
        }

        public void ReadFeatures(Span<float> destination) => _features!.CopyTo(destination);

        public void ReadLabel(Span<float> destination) => _readLabel(destination);

        public void ReadWeight(out float weight)
        {
            weight = 0;
            _getWeight!(ref weight);
        }
    }
}
