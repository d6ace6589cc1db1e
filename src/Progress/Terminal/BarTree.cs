namespace MLExtensions.Progress.Terminal;

/// <summary>The bars of all that goes on: series, ensembles and trainings, each below what it is a part of.</summary>
internal static class BarTree
{
    /// <summary>The bars from above to below.</summary>
    /// <param name="series">The series that go on, in the order in which they began.</param>
    /// <param name="trainings">The trainings that go on, in that order.</param>
    /// <param name="ended">The number of trainings of an ensemble that have ended, by one of its trainings.</param>
    public static IEnumerable<Bar> Of(IReadOnlyList<SeriesView> series, IReadOnlyList<TrainingView> trainings, Func<TrainingView, int> ended) =>
        new Tree(series, trainings, ended).Below(null, 0);

    private sealed class Tree(IReadOnlyList<SeriesView> series, IReadOnlyList<TrainingView> trainings, Func<TrainingView, int> ended)
    {
        // 100 of 200 trials done, at most 12:34 min left
        private const int SeriesPlace = 47;

        public IEnumerable<Bar> Below(SeriesStart? parent, int depth) => series.Where(one => ReferenceEquals(one.Start.Parent, parent)).SelectMany(one => OfSeries(one, depth)).Concat(TrainingsOf(parent, depth));

        private IEnumerable<Bar> OfSeries(SeriesView one, int depth)
        {
            // A trial of one training is that training.
            if (one.Start is { Parent: not null, Count: 1 } && Direct(one.Start).Count <= 1)
                return Below(one.Start, depth);
            return Below(one.Start, depth + 1).Prepend(new Bar(depth, one.Start.Name, one.Share(ShareOf(one.Start)), one.Place, one.Best) { UsualPlace = SeriesPlace });
        }

        private IEnumerable<Bar> TrainingsOf(SeriesStart? parent, int depth)
        {
            foreach (var fit in Direct(parent).GroupBy(view => (view.Start.Trainer, view.Start.Fit, view.Start.Title)))
            {
                var first = fit.First();
                bool hasMembers = first.Start.Members > 1;
                if (hasMembers)
                    yield return new Bar(depth, first.FitName, EnsembleShare(fit), Invariant($"{ended(first) / TrainingsOfMember(first)} of {first.Start.Members} members done"), "") { UsualPlace = SeriesPlace };
                foreach (var view in fit)
                    yield return new Bar(depth + (hasMembers ? 1 : 0), view.Name, view.Share, view.Place, view.Values);
            }
        }

        private List<TrainingView> Direct(SeriesStart? parent) => [.. trainings.Where(view => ReferenceEquals(view.Start.Series, parent))];

        // Of the part that goes on: of an ensemble as a whole.
        private double ShareOf(SeriesStart parent) => Direct(parent).GroupBy(view => view.Start.Fit).Select(fit => fit.First().Start.Members > 1 ? EnsembleShare(fit) : fit.First().Share).DefaultIfEmpty(0).Max();

        private double EnsembleShare(IEnumerable<TrainingView> fit) => Math.Min(1, (ended(fit.First()) + fit.Sum(view => view.Share)) / (fit.First().Start.Members * TrainingsOfMember(fit.First())));

        private static int TrainingsOfMember(TrainingView view) => view.Start.Refits ? 2 : 1;
    }
}
