using System.Collections;

namespace MLExtensions.Networks.Rows;

/// <summary>Sets of rows as a bit for each row, where sorting or hashing their indices would take many times their memory.</summary>
internal static class RowMarks
{
    /// <summary>The rows that fulfil a condition, in ascending order: counted first, since a list that grows would take three times their memory.</summary>
    /// <param name="rows">The number of rows of the data.</param>
    /// <param name="isIn">The condition, which is looked up twice for each row.</param>
    public static int[] Where(int rows, Func<int, bool> isIn)
    {
        int count = 0;
        for (int row = 0; row < rows; row++)
            count += isIn(row) ? 1 : 0;
        int[] found = new int[count];
        for (int row = 0, next = 0; row < rows && next < count; row++)
        {
            if (isIn(row))
                found[next++] = row;
        }
        return found;
    }

    /// <summary>Those of some rows that fulfil a condition, in the order of these rows; the same array where all do.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="isIn">The condition, which is looked up twice for each row.</param>
    public static int[] Where(int[] rows, Func<int, bool> isIn)
    {
        int count = 0;
        foreach (int row in rows)
            count += isIn(row) ? 1 : 0;
        if (count == rows.Length)
            return rows;
        int[] found = new int[count];
        int next = 0;
        foreach (int row in rows)
        {
            if (isIn(row))
                found[next++] = row;
        }
        return found;
    }

    /// <summary>The rows that are in any of several sets, each once, in ascending order.</summary>
    /// <param name="rows">The number of rows of the data.</param>
    /// <param name="sets">The sets.</param>
    public static int[] Union(int rows, IEnumerable<int[]> sets)
    {
        var marks = new BitArray(rows);
        foreach (int[] set in sets)
        {
            foreach (int row in set)
                marks[row] = true;
        }
        int count = 0;
        for (int row = 0; row < rows; row++)
            count += marks[row] ? 1 : 0;
        int[] all = new int[count];
        for (int row = 0, next = 0; row < rows; row++)
        {
            if (marks[row])
                all[next++] = row;
        }
        return all;
    }

    /// <summary>Marks the rows of several sets.</summary>
    /// <param name="sets">The sets.</param>
    public static BitArray Of(ReadOnlySpan<ReadOnlyMemory<int>> sets)
    {
        int highest = -1;
        foreach (var set in sets)
        {
            foreach (int row in set.Span)
                highest = Math.Max(highest, row);
        }
        var marks = new BitArray(highest + 1);
        foreach (var set in sets)
        {
            foreach (int row in set.Span)
                marks[row] = true;
        }
        return marks;
    }

    /// <summary>Writes the marked rows in ascending order.</summary>
    /// <param name="marks">The marks.</param>
    /// <param name="rows">Receives the rows, as many as are marked.</param>
    public static void CopyTo(BitArray marks, Span<int> rows)
    {
        for (int row = 0, next = 0; row < marks.Length; row++)
        {
            if (marks[row])
                rows[next++] = row;
        }
    }

    /// <summary>Divides rows, which keep their order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="aside">Marks those of them that are set aside.</param>
    public static RowSplit Divide(int[] rows, BitArray aside)
    {
        int count = 0;
        foreach (int row in rows)
            count += IsMarked(aside, row) ? 1 : 0;
        int[] training = new int[rows.Length - count], validation = new int[count];
        int toTrain = 0, toValidate = 0;
        foreach (int row in rows)
        {
            if (IsMarked(aside, row))
                validation[toValidate++] = row;
            else
                training[toTrain++] = row;
        }
        return new(training, validation);
    }

    private static bool IsMarked(BitArray marks, int row) => row < marks.Length && marks[row];
}
