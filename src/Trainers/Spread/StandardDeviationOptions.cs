namespace MLExtensions.Trainers;

/// <summary>
/// A column <c>ScoreStandardDeviation</c> beside <c>Score</c>: how far apart the members of an ensemble (<c>Ensemble</c>, or else <c>BatchEnsemble</c>) are for a row or, for one network, how far
/// apart it is from itself with other units left out (Monte-Carlo dropout). Large where few training rows are like this one. It tells what the
/// model does not know, not how noisy the label is.
/// </summary>
/// <remarks>
/// In units of the label (regression), of the probability of the positive class (binary), of each class (multiclass), or of each label (multilabel); a
/// vector where the score is one. It is the population standard deviation of what members give, with temperature as in the
/// model, and without the limits of scores (<c>ClampScores</c>), at which members would seem to agree. <c>Score</c> itself does not change: it is the mean of members, or the network without dropout.
/// </remarks>
public sealed record StandardDeviationOptions
{
    /// <summary>
    /// How often a row is scored with dropout where there is no ensemble, from 2 to 10,000; 32 by default, for which the deviation is known to within an
    /// eighth. Only layers behind the first dropout are computed so often. The units that a pass leaves out follow from the seed of the
    /// training, and are the same for all rows: a row has the same deviation alone and in any batch, in each process.
    /// </summary>
    public int DropoutPasses { get; init; } = 32;

    private const int MostPasses = SpreadPart.MostPasses;

    internal string? Failure => DropoutPasses is >= 2 and <= MostPasses ? null
        : Invariant($"ScoreStandardDeviation.DropoutPasses must be from 2 to {MostPasses:N0}, got {DropoutPasses}");
}
