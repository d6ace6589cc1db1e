namespace MLExtensions.Transforms.Statistics;

/// <summary>Count, means, and sums of the products of deviations from the means, of rows of numbers; mergeable with those of other rows.</summary>
/// <remarks>
/// Rows are gathered into blocks, centred on the means of the block, multiplied, and merged as in T. F. Chan, G. H. Golub and R. J. LeVeque,
/// "Updating formulae and a pairwise algorithm for computing sample variances", 1979: sums of plain products would lose the digits
/// of a small spread far from zero.
/// </remarks>
internal sealed class Covariance(int slots)
{
    // A block of 64 rows and 100 slots fills the second cache by a twentieth.
    private const int BlockRows = 64;

    private readonly double[] _block = new double[BlockRows * slots];
    private readonly double[] _means = new double[slots];
    private readonly double[] _blockMeans = new double[slots];
    private readonly double[] _deviations = new double[slots];
    private readonly double[] _products = new double[slots * slots];
    private long _count;
    private int _waiting;

    /// <summary>How many rows were added.</summary>
    public long Count => _count + _waiting;

    /// <summary>Adds a row of finite numbers.</summary>
    public void Add(ReadOnlySpan<double> row)
    {
        row[..slots].CopyTo(_block.AsSpan(_waiting * slots));
        if (++_waiting == BlockRows)
            AddBlock();
    }

    /// <summary>Adds what another has seen.</summary>
    public void Merge(Covariance other)
    {
        AddBlock();
        other.AddBlock();
        for (int slot = 0; slot < other._products.Length; slot++)
            _products[slot] += other._products[slot];
        MergeMeans(other._count, other._means);
    }

    /// <summary>The means of the slots so far.</summary>
    public double[] Means()
    {
        AddBlock();
        return [.. _means];
    }

    /// <summary>The covariances so far, <c>[slots x slots]</c>: sums of products over <c>Count - 1</c>, with at least two rows.</summary>
    public double[,] Matrix()
    {
        AddBlock();
        double[,] matrix = new double[slots, slots];
        for (int row = 0; row < slots; row++)
        {
            for (int column = row; column < slots; column++)
                matrix[row, column] = matrix[column, row] = _products[row * slots + column] / (_count - 1);
        }
        return matrix;
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
