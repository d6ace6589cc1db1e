using System.Buffers;

namespace MLExtensions.Networks.Managed;

/// <summary>The rows of one step, gathered from the data block.</summary>
internal sealed class Batch : LossRows
{
    private readonly DataBlock _data;
    private readonly RankGroup? _ranks;
    private readonly int[] _allIndices;
    private readonly int[] _indices;
    private readonly double _meanWeight;

    /// <summary>Allocates room.</summary>
    /// <param name="data">The rows to gather from.</param>
    /// <param name="capacity">The most rows of a batch.</param>
    /// <param name="meanWeight">The mean weight of the rows to train on.</param>
    /// <param name="ranks">Those that share each batch; null where all rows are this process's.</param>
    public Batch(DataBlock data, int capacity, double meanWeight = 1, RankGroup? ranks = null)
        : base(ranks?.LargestShare(capacity) ?? capacity, data.TargetCount)
    {
        _data = data;
        _meanWeight = meanWeight;
        _ranks = ranks;
        _allIndices = new int[capacity];
        _indices = ranks is null ? _allIndices : new int[Losses.Length];
        capacity = Losses.Length;
        Features = new StripMatrix(capacity, data.FeatureCount);
    }

    /// <summary>The number of rows that are worked on here: all, or this rank's share.</summary>
    public int Rows { get; private set; }

    /// <summary>The place in the whole batch of the first of them.</summary>
    public int First { get; private set; }

    /// <summary>The number of rows of the whole batch.</summary>
    public int AllRows { get; private set; }

    /// <summary>The rows of the data block that the whole batch has, [all rows].</summary>
    public ReadOnlySpan<int> AllIndices => _allIndices.AsSpan(0, AllRows);

    /// <summary>The features, [rows x features].</summary>
    public StripMatrix Features { get; }

    /// <summary>Notes which rows the batch has.</summary>
    /// <param name="rows">Indices into the data block, which have been checked.</param>
    public void Choose(ReadOnlySpan<int> rows)
    {
        _data.Features.Prepare(rows);
        rows.CopyTo(_allIndices);
        AllRows = rows.Length;
        var share = _ranks?.ShareOf(AllRows) ?? new RowRange(0, AllRows);
        (First, Rows) = (share.First, share.Count);
        if (_ranks is not null)
            rows.Slice(First, Rows).CopyTo(_indices);
    }

    /// <summary>Computes the weights of the rows.</summary>
    /// <returns>Whether any of the whole batch is above zero.</returns>
    public bool Weigh()
    {
        if (_data.Weights is null)
        {
            Weights.AsSpan(0, Rows).Fill(ShareOf(0));
            return AllRows > 0;
        }

        bool any = false;
        for (int i = 0; i < Rows; i++)
        {
            Weights[i] = ShareOf(_indices[i]);
            any |= Weights[i] > 0;
        }
        for (int i = 0; i < AllRows && !any; i++)
            any = ShareOf(_allIndices[i]) > 0;
        return any;
    }

    /// <summary>The share in the loss that a row of the data block has in the present batch.</summary>
    /// <param name="index">The index of the row.</param>
    public float ShareOf(int index) => (float)((_data.Weights?[index] ?? 1) / (_meanWeight * AllRows));

    /// <summary>Copies features.</summary>
    /// <param name="rows">Which rows of the batch.</param>
    public void GatherFeatures(RowRange rows) => GatherFeatures(_indices, rows, Features);

    /// <summary>Copies features of other rows of the data block.</summary>
    /// <param name="rowIndices">Their indices, one for each row of the batch.</param>
    /// <param name="rows">Which rows of the batch.</param>
    /// <param name="destination">Receives the features, [rows x features].</param>
    public unsafe void GatherFeatures(int[] rowIndices, RowRange rows, StripMatrix destination)
    {
        if (_data.Features.Array is not { } features)
        {
            GatherElsewhere(rowIndices.AsSpan(rows.First, rows.Count), rows.First, destination);
            return;
        }

        fixed (float* source = features)
        fixed (int* indices = rowIndices)
        {
            for (int strip = 0; strip < destination.StripCount; strip++)
            {
                int first = strip * destination.Width;
                InstructionSet.Run(new GatherRows(
                    source + first, _data.FeatureCount, indices + rows.First, rows.Count,
                    Math.Min(destination.Width, _data.FeatureCount - first), destination.At(strip, rows.First), destination.Width));
            }
        }
    }

    private void GatherElsewhere(ReadOnlySpan<int> rowIndices, int firstRow, StripMatrix destination)
    {
        float[] rows = ArrayPool<float>.Shared.Rent(rowIndices.Length * _data.FeatureCount);
        _data.Features.Gather(rowIndices, rows);
        for (int i = 0; i < rowIndices.Length; i++)
            destination.SetRow(firstRow + i, rows.AsSpan(i * _data.FeatureCount, _data.FeatureCount));
        ArrayPool<float>.Shared.Return(rows);
    }

    /// <summary>Copies targets.</summary>
    /// <param name="rows">Which rows of the batch.</param>
    public void GatherTargets(RowRange rows) => GatherTargets(_indices, rows, Targets);

    /// <summary>Copies targets of other rows of the data block.</summary>
    /// <param name="rowIndices">Their indices, one for each row of the batch.</param>
    /// <param name="rows">Which rows of the batch.</param>
    /// <param name="destination">Receives the targets, [rows x targets].</param>
    public void GatherTargets(int[] rowIndices, RowRange rows, float[] destination)
    {
        int count = _data.TargetCount;
        for (int i = rows.First; i < rows.End; i++)
            _data.Targets.AsSpan(rowIndices[i] * count, count).CopyTo(destination.AsSpan(i * count, count));
    }

    /// <summary>The sum of the losses of the whole batch, each with the share of its row.</summary>
    public double MeanLoss()
    {
        double sum = 0;
        for (int i = 0; i < Rows; i++)
            sum += (double)Weights[i] * Losses[i];
        return _ranks?.SumOfLosses(sum) ?? sum;
    }
}
