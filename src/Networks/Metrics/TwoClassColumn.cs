using System.Buffers;

namespace MLExtensions.Networks.Metrics;

/// <summary>One of several scores as a question of two classes: the rows in which it is true against those in which it is not.</summary>
/// <remarks>Rows whose label is missing are left out. The arrays are shared ones: dispose of it.</remarks>
internal readonly ref struct TwoClassColumn : IDisposable
{
    private readonly float[] _numbers;
    private readonly bool[] _truths;
    private readonly int _room;

    /// <summary>Takes a column out of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="score">Which of their scores.</param>
    public TwoClassColumn(in ScoredRows rows, int score)
    {
        _room = rows.Count;
        _numbers = ArrayPool<float>.Shared.Rent(2 * _room);
        _truths = ArrayPool<bool>.Shared.Rent(_room);
        for (int row = 0; row < rows.Count; row++)
        {
            float truth = rows.TruthOf(row, score);
            if (float.IsNaN(truth))
                continue;
            (_numbers[Count], _numbers[_room + Count], _truths[Count]) = (rows.Scores[row * rows.ScoreCount + score], rows.Weights[row], truth > 0);
            Count++;
        }
    }

    /// <summary>The number of rows that have a label.</summary>
    public int Count { get; }

    public ReadOnlySpan<float> Scores => _numbers.AsSpan(0, Count);

    public ReadOnlySpan<bool> AreTrue => _truths.AsSpan(0, Count);

    public ReadOnlySpan<float> Weights => _numbers.AsSpan(_room, Count);

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_numbers);
        ArrayPool<bool>.Shared.Return(_truths);
    }
}
