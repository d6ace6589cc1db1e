namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>Where a contender stands among the others.</summary>
/// <param name="Contender">Its key.</param>
/// <param name="Rank">Its mean rank over the sets that it learned.</param>
/// <param name="Wins">The sets on which none is better.</param>
/// <param name="Sets">The sets that it learned.</param>
internal sealed record Standing(string Contender, double Rank, int Wins, int Sets)
{
    /// <summary>The standings of all that learned any set, by means over seeds.</summary>
    /// <param name="outcomes">The outcomes.</param>
    /// <param name="measures">What decides: on each set the first that it has.</param>
    public static IReadOnlyList<Standing> Of(IEnumerable<Outcome> outcomes, params IReadOnlyList<Measure> measures)
    {
        var places = outcomes.GroupBy(outcome => outcome.Set).SelectMany(set => PlacesOn([.. set], measures));
        return [.. places.GroupBy(place => place.Contender).Select(all =>
            new Standing(all.Key, all.Average(place => place.Rank), all.Count(place => place.IsBest), all.Count())).OrderBy(standing => standing.Rank)];
    }

    private static IEnumerable<(string Contender, double Rank, bool IsBest)> PlacesOn(List<Outcome> set, IReadOnlyList<Measure> measures)
    {
        if (measures.FirstOrDefault(measure => set.Exists(outcome => measure.Of(outcome) is not null)) is not { } measure)
            return [];
        var means = set.GroupBy(outcome => outcome.Contender)
            .Select(all => (all.Key, Value: measure.Summarize(all)!.Mean * (measure.HigherIsBetter ? -1 : 1))).ToList();
        double[] ranks = Ranks.Of([.. means.Select(mean => mean.Value)]);
        return means.Select((mean, index) => (mean.Key, ranks[index], mean.Value == means.Min(other => other.Value)));
    }
}
