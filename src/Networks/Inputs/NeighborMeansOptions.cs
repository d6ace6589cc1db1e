namespace MLExtensions.Networks;

/// <summary>
/// Means of the label over the nearest training rows, as further inputs: in the plane of each pair of numbers (as latitude and longitude), after scaling, the mean over the
/// <see cref="Neighbors"/> rows that lie nearest there; one for each class where there are more than two, and for each of several labels. What depends on two numbers at once and by no simple rule, as the price of a house on its
/// place, a network learns slowly, and neighbours tell it. On California housing the error falls by 3 %; on tables without such pairs, above all small ones, it rises, so that this is best
/// as one kind of several in an ensemble (<see cref="EnsembleOptions.AlternatesWith"/>), as in <c>Best</c>.
/// </summary>
/// <remarks>
/// Neighbours are training rows alone, and count by their weights. While they are trained on, training rows are cut into five parts, and a row has no neighbours of its own part, or the network would learn to read its label off the means;
/// rows of one group (<c>ValidationRows.ByGroup</c>), and rows that are the same, are of one part. The model keeps the rows that it looks up, at most
/// <see cref="MostRows"/>: whoever has the model has their numbers and labels. A training that goes on from a model takes its pairs, and adds rows to those that it keeps. The means count as numbers for <see cref="NumberEmbedding.ByFeatures"/>; slots of 0 and 1 alone are in no pair,
/// and a number that is missing lies where the median does.
/// </remarks>
public sealed record NeighborMeansOptions
{
    /// <summary>The number of nearest rows, at least 1; 16 by default.</summary>
    public int Neighbors { get; init; } = 16;

    /// <summary>
    /// The most means, at least 1; 48 by default. A pair has one for each class, where there are more than two, and for each of several labels. Of more pairs those are taken whose means tell most of the label beyond what neighbours by either number alone tell, by a sample of the training rows; of more than 32 numbers those 32 that tell most.
    /// </summary>
    public int MostMeans { get; init; } = 48;

    /// <summary>The most training rows that are looked up, at least 2; 20,000 by default. Of more, as many are drawn.</summary>
    public int MostRows { get; init; } = 20_000;

    /// <summary>One message for each value outside its range.</summary>
    internal IEnumerable<string> Validate() => Failures(AtLeast(1, Neighbors), AtLeast(1, MostMeans), AtLeast(2, MostRows));
}
