using System.Collections;

namespace MLExtensions.Networks.Rows;

/// <summary>Sets of rows as a bit for each row, where sorting or hashing their indices would take many times their memory.</summary>
internal static class RowMarks
{
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

    /// <summary>Divides rows, which keep their order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="aside">Those of them that are set aside.</param>
    public static RowSplit Divide(int[] rows, IEnumerable<ReadOnlyMemory<int>> aside)
    {
        var marks = new BitArray(rows.Max() + 1);
        int count = 0;
        foreach (var part in aside)
        {
            foreach (int row in part.Span)
                marks[row] = true;
            count += part.Length;
        }
        int[] training = new int[rows.Length - count], validation = new int[count];
        int toTrain = 0, toValidate = 0;
        foreach (int row in rows)
        {
            if (marks[row])
                validation[toValidate++] = row;
            else
                training[toTrain++] = row;
        }
        return new(training, validation);
    }
}
