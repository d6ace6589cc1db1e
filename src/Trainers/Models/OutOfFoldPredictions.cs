using System.Collections;

namespace MLExtensions.Trainers;

/// <summary>
/// What an ensemble of folds says of its own training rows: each is scored by the member that was not trained on it, as if it were new. For
/// measuring without a test set, and for training another model on the scores (stacking).
/// </summary>
/// <remarks>
/// One for each training row, in the order read. There is none for rows that were left out for want of a label, and none for those of folds
/// whose member <see cref="EnsembleOptions.TimeLimit"/> left out. A row of weight 0 trains no member, and has the mean of all.
/// Scores are of one network (with <see cref="EnsembleOptions.SelectsKinds"/> the mean of one of each kind that is kept), and so a little worse than those of the model, which is the mean of all; but a member stops at the epoch that is best
/// on its fold, and that makes them a little better than they would be for new rows.
/// </remarks>
public sealed class OutOfFoldPredictions : IReadOnlyList<OutOfFoldPrediction>
{
    private readonly long[] _rows;
    private readonly int[] _members;
    private readonly float[] _scores;

    private OutOfFoldPredictions(long[] rows, int[] members, float[] scores, int scoreCount, long trainingRows) =>
        (_rows, _members, _scores, ScoreCount, TrainingRows) = (rows, members, scores, scoreCount, trainingRows);

    /// <summary>The number of scores of a row.</summary>
    public int ScoreCount { get; }

    /// <summary>The number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>The number of rows of the training data, with those that have no prediction.</summary>
    public long TrainingRows { get; }

    /// <summary>The prediction for a row.</summary>
    /// <param name="index">The place of the row among those that have one, from 0.</param>
    public OutOfFoldPrediction this[int index] =>
        new(_rows[index], _members[index] < 0 ? null : _members[index], _scores.AsMemory(index * ScoreCount, ScoreCount));

    /// <inheritdoc/>
    public IEnumerator<OutOfFoldPrediction> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Makes scores of the outputs of members.</summary>
    /// <param name="model">The model.</param>
    /// <param name="heldOut">The outputs for all rows.</param>
    /// <param name="members">Those of each member.</param>
    /// <param name="weights">The weight of each row that was read; null where all are 1.</param>
    /// <param name="numbers">The number of each in its view; null where none was left out.</param>
    /// <param name="viewRows">The rows of the view.</param>
    internal static OutOfFoldPredictions Of(DeepMlpModelParameters model, HeldOutRows heldOut, IReadOnlyList<HeldOutRows> members,
        float[]? weights, long[]? numbers, long viewRows)
    {
        const int None = -1, Several = -2;
        int[] memberOf = new int[heldOut.Rows is [.., var last] ? last + 1 : 0];
        Array.Fill(memberOf, None);
        foreach (var (index, member) in members.Index())
        {
            foreach (int row in member.Rows)
                memberOf[row] = memberOf[row] == None && (weights is null || weights[row] > 0) ? index : Several;
        }
        float[] scores = [.. heldOut.Outputs];
        for (int row = 0; row < heldOut.Rows.Length; row++)
            model.FinishScores(scores.AsSpan(row * model.ScoreCount, model.ScoreCount));
        return new(Array.ConvertAll(heldOut.Rows, row => numbers?[row] ?? row), Array.ConvertAll(heldOut.Rows, row => memberOf[row]), scores, model.ScoreCount, viewRows);
    }
}

/// <summary>What an ensemble of folds says of a row that it was trained on, by the member that was not.</summary>
/// <param name="Row">The number of the row in the training data, counted from 0.</param>
/// <param name="Member">The number of the member, counted from 0; null where there are several, as for a row of weight 0, or with <see cref="EnsembleOptions.SelectsKinds"/>.</param>
/// <param name="Scores">
/// The scores, as <see cref="DeepMlpModelParameters.Score"/> gives them: the logit of the positive class (binary) or of true (multilabel), the
/// probabilities of the classes (multiclass), the values in units of the label (regression).
/// </param>
public readonly record struct OutOfFoldPrediction(long Row, int? Member, ReadOnlyMemory<float> Scores);
