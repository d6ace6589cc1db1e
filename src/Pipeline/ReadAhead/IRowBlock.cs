using Microsoft.ML;

namespace MLExtensions.Pipeline;

/// <summary>
/// What a cursor's row is besides, where a mapping reads ahead (<see cref="RowMapping.ReadsAhead"/>): the present row and those that come
/// after it, so that a mapping may compute its columns for all of them at once.
/// </summary>
/// <remarks>
/// A cursor starts with one row at a time, and holds more only as long as each of its rows is asked for (<see cref="Ask"/>): whoever takes
/// the first rows of a view, or moves over most of them, has no more of them computed than before. Where reading ahead fails, the rows
/// before are given first, and whoever comes to the row meets the failure there.
/// </remarks>
public interface IRowBlock
{
    /// <summary>The number of the block: another one for each. Meaningless while none is held.</summary>
    long Number { get; }

    /// <summary>The values of a column in all rows that are held. They are the cursor's, and stay for as long as the block.</summary>
    /// <typeparam name="TValue">The type of its values, as of a getter.</typeparam>
    /// <param name="column">A column of the row that is active.</param>
    /// <exception cref="InvalidOperationException">The column is not active, or holds another type.</exception>
    ReadOnlySpan<TValue> Values<TValue>(DataViewSchema.Column column);

    /// <summary>Says that something is computed for the present row. Once for each row.</summary>
    /// <returns>The place of the row among those that are held, from 0; -1 while rows are given one at a time, by their getters alone.</returns>
    int Ask();
}
