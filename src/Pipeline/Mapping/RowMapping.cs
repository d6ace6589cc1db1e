using Microsoft.ML;

namespace MLExtensions.Pipeline;

/// <summary>
/// A transformer bound to one input schema: which columns it adds, what they depend on, and how they are computed row by
/// row. Immutable and thread-safe; whatever changes from row to row belongs to the getters of one cursor.
/// </summary>
public abstract class RowMapping
{
    /// <summary>The columns that are added, in order.</summary>
    public abstract IReadOnlyList<DataViewSchema.DetachedColumn> Columns { get; }

    /// <summary>The input columns that an added column is computed from.</summary>
    /// <param name="column">The index of the added column in <see cref="Columns"/>.</param>
    public abstract IEnumerable<DataViewSchema.Column> DependenciesOf(int column);

    /// <summary>
    /// Makes the getters of one cursor or row: a <c>ValueGetter</c> of the column's type for each active column, null for
    /// the others. Getters made together may share state, such as the outputs of a network for the present row.
    /// </summary>
    /// <param name="input">The row to read from; its position changes between calls of the getters.</param>
    /// <param name="active">Whether each of <see cref="Columns"/> is asked for.</param>
    public abstract Delegate?[] CreateGetters(DataViewRow input, IReadOnlyList<bool> active);

    /// <summary>
    /// Whether an added column is computed faster for many rows at once: where one that is asked for is, the rows that getters are made for
    /// are an <see cref="IRowBlock"/> too, whenever cursors move over many rows, and none of the columns in use is of variable size or of
    /// values that are not ML.NET's own. False by default.
    /// </summary>
    /// <param name="column">The index of the added column in <see cref="Columns"/>.</param>
    public virtual bool ReadsAhead(int column) => false;

    /// <summary>Whether the mapping has a form in ONNX; false by default.</summary>
    public virtual bool HasOnnx => false;

    /// <summary>Writes the mapping as operations of a graph, and sets the columns that it adds.</summary>
    /// <param name="columns">The columns.</param>
    /// <exception cref="NotSupportedException">The mapping, or a part of it, has no form in ONNX.</exception>
    public virtual void WriteOnnx(OnnxColumns columns) => throw new NotSupportedException("it has no form in ONNX");
}
