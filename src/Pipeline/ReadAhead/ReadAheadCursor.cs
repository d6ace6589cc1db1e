using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline.ReadAhead;

/// <summary>
/// A cursor over the same rows that reads some of them before they are asked for. To whoever moves it, it is the cursor that it reads:
/// the same rows, values, positions and failures, one after the other.
/// </summary>
internal sealed class ReadAheadCursor : DataViewRowCursor, IRowBlock
{
    // Two portions of a network's rows: more do not make it faster, and leave the first cache.
    private const int MostRows = 96;

    // The most values that are held, of all columns and rows: 1 MB of single precision, which the second cache holds.
    private const int MostValues = 1 << 18;

    private readonly DataViewRowCursor _input;
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private readonly HeldColumn?[] _columns;
    private readonly HeldColumn[] _held;
    private readonly long[] _positions;
    private readonly long[] _batches;
    private readonly DataViewRowId[] _ids;
    private int _asked;
    private int _moved;
    private bool _isNextRead;
    private bool _isAtEnd;
    private ExceptionDispatchInfo? _failure;

    private ReadAheadCursor(DataViewRowCursor input, DataViewSchema.Column[] columns, int rows)
    {
        _input = input;
        _idGetter = input.GetIdGetter();
        _columns = new HeldColumn?[input.Schema.Count];
        foreach (var column in columns)
            _columns[column.Index] = HeldColumn.Of(input, column, rows);
        _held = [.. _columns.OfType<HeldColumn>()];
        (_positions, _batches, _ids) = (new long[rows], new long[rows], new DataViewRowId[rows]);
    }

    /// <summary>Reads ahead with a cursor where that is possible; else gives the cursor itself.</summary>
    /// <param name="input">The cursor, not yet moved.</param>
    /// <param name="columns">Its active columns.</param>
    public static DataViewRowCursor Over(DataViewRowCursor input, IEnumerable<DataViewSchema.Column> columns)
    {
        DataViewSchema.Column[] active = [.. columns];
        int? values = active.Sum(column => HeldColumn.ValuesOf(column.Type));
        bool known = Array.TrueForAll(active, column => HeldColumn.ValuesOf(column.Type) is not null);
        return known && values <= HeldColumn.MostValues ? new ReadAheadCursor(input, active, Math.Min(MostRows, MostValues / Math.Max(1, values.Value))) : input;
    }

    public override DataViewSchema Schema => _input.Schema;

    public override long Position => Count == 0 ? _input.Position : _positions[Place];

    public override long Batch => Count == 0 ? _input.Batch : _batches[Place];

    // The rows that are held, and which of them is the present one; 0 while rows are given one at a time.
    private int Count { get; set; }

    private int Place { get; set; }

    /// <inheritdoc/>
    public long Number { get; private set; }

    /// <summary>Whether the column was asked for. The cursor that is read may have others active, whose values would be those of another row.</summary>
    public override bool IsColumnActive(DataViewSchema.Column column) => HeldOf(column) is not null;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
    {
        if (Count == 0)
            _idGetter(ref id);
        else
            id = _ids[Place];
    };

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        var held = Require<TValue>(column);
        return (ref TValue value) =>
        {
            if (Count == 0)
                held.Getter(ref value);
            else
                held.CopyTo(Place, ref value);
        };
    }

    /// <inheritdoc/>
    public ReadOnlySpan<TValue> Values<TValue>(DataViewSchema.Column column) => Require<TValue>(column).Values.AsSpan(0, Count);

    /// <inheritdoc/>
    public int Ask()
    {
        _asked++;
        return Count == 0 ? -1 : Place;
    }

    public override bool MoveNext()
    {
        if (Place + 1 < Count)
        {
            Place++;
            return true;
        }

        // As long as all rows are asked for, twice as many as before.
        int rows = _asked >= _moved && _moved > 0 ? Math.Min(2 * _moved, _positions.Length) : 1;
        (Count, Place, _asked, _moved) = (0, 0, 0, 1);
        if (rows > 1 && !_isNextRead && !_isAtEnd && _failure is null)
            Fill(rows);
        if (Count == 0)
            return MoveInput();

        _moved = Count;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }

    private HeldColumn? HeldOf(DataViewSchema.Column column) => column.Index < _columns.Length ? _columns[column.Index] : null;

    private HeldColumn<TValue> Require<TValue>(DataViewSchema.Column column)
    {
        var held = HeldOf(column) ?? throw new InvalidOperationException($"Column '{column.Name}' is not active: ask for it when the cursor is made.");
        return held as HeldColumn<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type.RawType}, not {typeof(TValue)}.");
    }

    // The next row, where the cursor may be already.
    private bool MoveInput()
    {
        _failure?.Throw();
        _isAtEnd |= !_isNextRead && !_input.MoveNext();
        _isNextRead = false;
        return !_isAtEnd;
    }

    // Whatever fails is left to be met where it is: a move by the next move, a value by the getter of its row, which is then given alone.
    private void Fill(int rows)
    {
        int count = 0;
        try
        {
            for (; count < rows && MoveInput(); count++)
            {
                _isNextRead = true;
                Hold(count);
                _isNextRead = false;
            }
        }
        catch (Exception exception)
        {
            _failure = _isNextRead ? null : ExceptionDispatchInfo.Capture(exception);
        }
        Count = count;
        Number++;
    }

    private void Hold(int place)
    {
        _positions[place] = _input.Position;
        _batches[place] = _input.Batch;
        _idGetter(ref _ids[place]);
        foreach (var column in _held)
            column.Read(place);
    }
}
