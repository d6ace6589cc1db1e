namespace MLExtensions.Transforms.Statistics;

/// <summary>Count, means, and sums of the products of deviations from the means, of rows of numbers; mergeable with those of other rows.</summary>
/// <remarks>
/// Rows are gathered into blocks, centred on the means of the block, multiplied, and merged as in T. F. Chan, G. H. Golub and R. J. LeVeque,
/// "Updating formulae and a pairwise algorithm for computing sample variances", 1979: sums of plain products would lose the digits
/// of a small spread far from zero. As long as there are fewer rows than slots, the rows themselves take less room than the sums of
/// products, and they are kept.
/// </remarks>
/// <param name="slots">The numbers in a row.</param>
/// <param name="mostProducts">How many sums of products are possible.</param>
internal sealed class Covariance(int slots, int mostProducts)
{
    // A block of 64 rows and 100 slots fills the second cache by a twentieth.
    private const int BlockRows = 64;

    private readonly List<double[]> _rows = [];
    private readonly double[] _means = new double[slots];
    private readonly double[] _blockMeans = new double[slots];
    private readonly double[] _deviations = new double[slots];
    private double[] _block = [];
    private double[]? _products;
    private long _count;
    private int _waiting;

    public Covariance(int slots)
        : this(slots, Array.MaxLength) { }

    /// <summary>How many rows were added.</summary>
    public long Count => _count + _waiting + _rows.Count;

    /// <summary>Whether the rows themselves are all kept: there are fewer than slots, and sums of products were not asked for.</summary>
    public bool KeepsRows => _products is null && Count > 0;

    /// <summary>Whether there is room for one more row: sums of products may be more than an array holds.</summary>
    public bool HasRoom => Count < slots - 1 || (long)slots * slots <= mostProducts;

    /// <summary>Adds a row of finite numbers.</summary>
    public void Add(ReadOnlySpan<double> row)
    {
        if (_products is null && _rows.Count < slots - 1)
        {
            _rows.Add(row[..slots].ToArray());
            return;
        }

        AddRows();
        AddToBlock(row[..slots]);
    }

    /// <summary>Adds what another has seen.</summary>
    public void Merge(Covariance other)
    {
        double[] products = AddRows();
        double[] others = other.AddRows();
        AddBlock();
        other.AddBlock();
        for (int slot = 0; slot < others.Length; slot++)
            products[slot] += others[slot];
        MergeMeans(other._count, other._means);
    }

    /// <summary>The means of the slots so far.</summary>
    public double[] Means()
    {
        if (KeepsRows)
            return [.. Enumerable.Range(0, slots).Select(slot => _rows[0][slot] + _rows.Sum(row => row[slot] - _rows[0][slot]) / _rows.Count)];

        AddBlock();
        return [.. _means];
    }

    /// <summary>The rows that are kept, less their means, <c>[rows][slots]</c>.</summary>
    public double[][] CentredRows()
    {
        double[] means = Means();
        return [.. _rows.Select(row => row.Select((value, slot) => value - means[slot]).ToArray())];
    }

    /// <summary>The covariances so far, <c>[slots x slots]</c>: sums of products over <c>Count - 1</c>, with at least two rows.</summary>
    public double[,] Matrix()
    {
        double[] products = AddRows();
        AddBlock();
        double[,] matrix = new double[slots, slots];
        for (int row = 0; row < slots; row++)
        {
            for (int column = row; column < slots; column++)
                matrix[row, column] = matrix[column, row] = products[row * slots + column] / (_count - 1);
        }
        return matrix;
    }

    /// <summary>Turns the rows that are kept into sums of products, and gives these.</summary>
    private double[] AddRows()
    {
        if (_products is not null)
            return _products;

        _block = new double[BlockRows * slots];
        _products = new double[slots * slots];
        foreach (double[] row in _rows)
            AddToBlock(row);
        _rows.Clear();
        return _products;
    }

    private void AddToBlock(ReadOnlySpan<double> row)
    {
        row.CopyTo(_block.AsSpan(_waiting * slots));
        if (++_waiting == BlockRows)
            AddBlock();
    }

    private void AddBlock()
    {
        if (_waiting == 0)
            return;

        CentreBlock();
        for (int row = 0; row < _waiting; row++)
        {
            var values = _block.AsSpan(row * slots, slots);
            for (int slot = 0; slot < slots; slot++)
                Multiples.Add(values[slot], values[slot..], _products.AsSpan(slot * slots + slot));
        }
        MergeMeans(_waiting, _blockMeans);
        _waiting = 0;
    }

    private void CentreBlock()
    {
        for (int slot = 0; slot < slots; slot++)
        {
            // Deviations from the first row are summed, so that a mean of 1e8 keeps the digits of a spread of 1.
            double origin = _block[slot];
            double sum = 0;
            for (int row = 0; row < _waiting; row++)
                sum += _block[row * slots + slot] - origin;
            double mean = origin + sum / _waiting;
            for (int row = 0; row < _waiting; row++)
                _block[row * slots + slot] -= mean;
            _blockMeans[slot] = mean;
        }
    }

    private void MergeMeans(long count, double[] means)
    {
        if (count == 0)
            return;

        long total = _count + count;
        double share = (double)count / total;
        for (int slot = 0; slot < slots; slot++)
            _deviations[slot] = means[slot] - _means[slot];
        for (int slot = 0; slot < slots; slot++)
        {
            Multiples.Add(_deviations[slot] * _count * share, _deviations.AsSpan(slot), _products.AsSpan(slot * slots + slot));
            _means[slot] += _deviations[slot] * share;
        }
        _count = total;
    }
}
