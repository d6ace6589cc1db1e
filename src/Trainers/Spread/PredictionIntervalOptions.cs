namespace MLExtensions.Trainers;

/// <summary>
/// Columns <c>ScoreLower</c> and <c>ScoreUpper</c> beside <c>Score</c>, between which the label of a new row lies with a stated probability
/// (conformal prediction). How wide they are follows from the errors of rows that were not trained on: the out-of-fold rows of an
/// <see cref="MlpOptions.Ensemble"/> with folds, which are all, or else the validation rows.
/// </summary>
/// <remarks>
/// <para>
/// The k-th least of the n errors is what is added on both sides, k = ⌈(n + 1) coverage⌉: then the probability is right over all rows together,
/// whatever the noise and however bad the network, if new rows are drawn as the training rows were. For single regions of the features it need not be.
/// It is a little low where the same few validation rows have chosen the epoch, and a little high with folds, since the mean of
/// members errs less than each of them, on whose errors it rests.
/// </para>
/// <para>
/// With a <see cref="QuantileLoss"/> of two quantiles or more the outer ones are moved by as much as makes them right (conformalized quantile
/// regression): such intervals are wide where the noise is. Else they are equally wide everywhere: in the label, in its
/// logarithm with <see cref="LabelTransform.Log"/> and <see cref="LabelTransform.LogOnePlus"/>. Several labels of a row have an interval each.
/// <see cref="MlpOptions.ClampScores"/> does not bound them. Example weights count as rows.
/// </para>
/// <para>Sources: Lei et al. 2018, JASA 113; Romano, Patterson, Candès 2019, arXiv 1905.03222; Barber et al. 2021, arXiv 1905.02928.</para>
/// </remarks>
public sealed record PredictionIntervalOptions
{
    /// <summary>
    /// The probability with which the label of a row lies in the interval, above 0 and below 1; 0.9 by default. Needs at least coverage / (1 - coverage)
    /// rows that are not trained on: 9 for 0.9, 99 for 0.99.
    /// </summary>
    public double Coverage { get; init; } = 0.9;

    internal string? Failure => Coverage > 0 && Coverage < 1 ? null : Invariant($"PredictionInterval.Coverage must be above 0 and below 1, got {Coverage}");

    /// <summary>Throws unless so many rows tell of the coverage.</summary>
    /// <exception cref="InvalidOperationException">They are too few.</exception>
    internal void RequireEnough(int rows)
    {
        if (rows < ConformalQuantile.LeastRows(Coverage))
            throw TooFew(rows);
    }

    internal InvalidOperationException TooFew(int rows)
    {
        int least = ConformalQuantile.LeastRows(Coverage);
        return new(Invariant($"PredictionInterval.Coverage {Coverage} needs at least {Plural.Of(least, "row")} with a label that {Plural.Are(least)} not trained on, and there {Plural.Are(rows)} {(rows == 0 ? "none" : rows)}: ") +
            "lower it, train an Ensemble with Folds, which has all of its rows, set a larger EarlyStopping.ValidationFraction aside, or give a validation set to Fit.");
    }
}
