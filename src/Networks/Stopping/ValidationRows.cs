namespace MLExtensions.Networks;

/// <summary>
/// Which rows early stopping sets aside from the training data: <c>EarlyStopping = new() { ValidationRows = ValidationRows.ByGroup("PatientId") }</c>. A column that it names must be in
/// the training data; in a cross-validation, where a trainer sees the training rows of a fold alone, it divides these.
/// </summary>
public abstract record ValidationRows
{
    private protected ValidationRows() { }

    /// <summary>Rows at random, of each class in proportion: the default. Right where each row stands for itself.</summary>
    public static ValidationRows Random { get; } = new RandomValidationRows();

    /// <summary>
    /// The last rows, in the order of the data: for rows in the order of time, whose model is to predict later ones. Not for an ensemble of folds.
    /// </summary>
    public static ValidationRows Last { get; } = new LastValidationRows();

    /// <summary>
    /// Whole groups of rows: those with the same value in a column never stand on both sides, so that validation tells of new patients, customers or machines and not of the
    /// ones that are trained on. Groups are drawn at random, and so that the share of the rows, and of each class, is as near to the one asked for as they allow. Folds of an
    /// ensemble keep groups together too.
    /// </summary>
    /// <param name="column">The column: text, Boolean, a number, a date or a key. Rows in which it is missing are one group.</param>
    public static ValidationRows ByGroup(string column) => new GroupedValidationRows(column);

    /// <summary>
    /// The rows with the latest times; rows of one time stand on the same side, so that the share may differ a little from the one asked for. Not for an ensemble of folds.
    /// </summary>
    /// <param name="column">The column: a date, a time or a number. It may be missing in no row.</param>
    public static ValidationRows ByTime(string column) => new TimedValidationRows(column);

    /// <summary>The column that tells rows apart; null where there is none.</summary>
    internal virtual string? Column => null;

    /// <summary>Whether the column is a time, by which rows have an order.</summary>
    internal virtual bool IsOrdered => false;

    /// <summary>Whether the same rows are set aside whatever the seed.</summary>
    internal virtual bool IsFixed => false;

    /// <summary>Sets rows aside.</summary>
    /// <exception cref="InvalidOperationException">One of the two sides would be empty.</exception>
    internal abstract RowSplit Split(RowsToSplit rows);

    /// <summary>Cuts rows into folds, each of which validates once.</summary>
    /// <exception cref="InvalidOperationException">There are too few rows or groups.</exception>
    internal virtual RowSplit[] Folds(RowsToSplit rows, int folds) => throw new NotSupportedException();

    /// <summary>One message for what is wrong; null where nothing is.</summary>
    internal string? Failure() => Column is "" ? "must name a column, got an empty name" : null;
}
