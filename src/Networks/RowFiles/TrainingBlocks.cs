namespace MLExtensions.Networks.RowFiles;

/// <summary>The blocks that have training rows, and which rows of each these are.</summary>
internal sealed class TrainingBlocks
{
    private readonly int[] _rows;
    private readonly int[] _blocks;
    private readonly int[] _starts;
    private readonly Dictionary<int, int> _places;

    /// <summary>Finds them.</summary>
    /// <param name="blocks">How rows are cut into blocks.</param>
    /// <param name="trainingRows">The rows that are trained on, in any order.</param>
    public TrainingBlocks(RowBlocks blocks, int[] trainingRows)
    {
        _rows = trainingRows = IsAscending(trainingRows) ? trainingRows : Sorted(trainingRows);
        List<int> found = [], starts = [];
        for (int i = 0; i < trainingRows.Length; i++)
        {
            int block = blocks.BlockOf(trainingRows[i]);
            if (found.Count > 0 && block == found[^1])
                continue;
            found.Add(block);
            starts.Add(i);
        }
        _blocks = [.. found];
        _starts = [.. starts, trainingRows.Length];
        _places = found.Index().ToDictionary(place => place.Item, place => place.Index);
    }

    /// <summary>The number of blocks with training rows.</summary>
    public int Count => _blocks.Length;

    /// <summary>The fewest training rows that so many blocks have, whichever they are.</summary>
    public int FewestRowsOf(int blocks) => Enumerable.Range(0, Count).Select(place => _starts[place + 1] - _starts[place]).Order().Take(blocks).Sum();

    /// <summary>Draws windows of blocks. One window that has them all takes nothing of the randomness.</summary>
    /// <param name="blocksPerWindow">The blocks of each window; the last may have fewer.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The blocks of each window, in ascending order.</returns>
    public int[][] Draw(int blocksPerWindow, RandomStream random)
    {
        int[] all = [.. _blocks];
        if (blocksPerWindow >= Count)
            return [all];

        random.Shuffle<int>(all);
        return [.. all.Chunk(blocksPerWindow).Select(window => (int[])[.. window.Order()])];
    }

    /// <summary>Copies the training rows of a block, in ascending order.</summary>
    /// <returns>Their number.</returns>
    public int CopyRows(int block, Span<int> destination)
    {
        int place = _places[block];
        var rows = _rows.AsSpan(_starts[place].._starts[place + 1]);
        rows.CopyTo(destination);
        return rows.Length;
    }

    private static int[] Sorted(int[] rows)
    {
        int[] sorted = [.. rows];
        Array.Sort(sorted);
        return sorted;
    }

    private static bool IsAscending(int[] rows)
    {
        for (int i = 1; i < rows.Length; i++)
        {
            if (rows[i] < rows[i - 1])
                return false;
        }
        return true;
    }
}
