using System.Collections;

namespace MLExtensions.Networks.Selection;

/// <summary>Chooses which kinds of members an ensemble keeps, by rows that no member of any of them was trained on.</summary>
internal static class KindSelection
{
    /// <summary>
    /// How many standard errors the mean has to be better without a kind, beside one. Few rows tell neither what they have not seen, such as a sure network's first error, nor how large the error of a
    /// difference is. Over subsets of 30, 60, 120, 250, 500 and 1,000 held-out rows of twelve tables (of three for the last), one error alone changed the loss of other rows by +0.6, -0.2, -0.1, -0.3, -0.5 and -0.7 %
    /// with four kinds, two errors by -0.1, -0.2, 0, -0.1, -0.2 and -0.5 %, and this by 0, 0, 0, -0.2, -0.4 and -0.8 %.
    /// </summary>
    private const double ErrorsOfOneRow = 120;

    /// <summary>Of fewer rows of equal weight nothing is believed: they may be copies of one, or one of them weigh as much as all.</summary>
    private const double FewestRows = 10;

    /// <summary>Leaves out kinds that are only worth it where the mean is better with them, and is not; then one kind after the other for as long as the mean of the others is better without it.</summary>
    /// <param name="kinds">What the members of each kind give for rows that they were not trained on; one member at least each.</param>
    /// <param name="mean">What of their outputs is averaged.</param>
    /// <param name="lossesOf">The loss of each row for outputs.</param>
    /// <param name="costly">The kinds that the mean has to be better with; where all are, none is.</param>
    public static KindChoice Of(IReadOnlyList<IReadOnlyList<HeldOutRows>> kinds, EnsembleMean mean, Func<HeldOutRows, RowLosses> lossesOf, IReadOnlyCollection<int>? costly = null)
    {
        var left = new List<LeftOutKind>();
        var common = Common(kinds);
        if (kinds.Count < 2 || !common.HasAnySet())
            return new(left, 0);

        List<int> kept = [.. Enumerable.Range(0, kinds.Count).Where(kind => costly?.Contains(kind) != true || costly.Count == kinds.Count)];
        var whole = LossesOf(kept);
        foreach (int kind in Enumerable.Range(0, kinds.Count).Except(kept).ToList())
        {
            var with = LossesOf([.. kept, kind]);
            if (IsBetter(with, whole))
                (whole, kept) = (with, [.. kept.Append(kind).Order()]);
            else
                left.Add(new(kind, with.Mean, whole.Mean, whole.Values.Length));
        }
        while (kept.Count > 1)
        {
            var (without, kind) = kept.Select(kind => (Losses: LossesOf([.. kept.Where(other => other != kind)]), kind)).MinBy(one => one.Losses.Mean);
            if (!IsBetter(without, whole))
                break;
            left.Add(new(kind, whole.Mean, without.Mean, whole.Values.Length));
            kept.Remove(kind);
            whole = without;
        }
        return new(left, whole.Values.Length);

        RowLosses LossesOf(List<int> some) => lossesOf(HeldOutRows.MeanOf([.. some.SelectMany(kind => kinds[kind])], mean).Where(row => common[row]));
    }

    private static bool IsBetter(RowLosses one, RowLosses other) =>
        other.Count >= FewestRows && PairedDifference.Of(other, one) is var difference && difference.Error > 0 && difference.Z > 1 + ErrorsOfOneRow / other.Count;

    // Means are compared on the same rows.
    private static BitArray Common(IReadOnlyList<IReadOnlyList<HeldOutRows>> kinds)
    {
        int rows = 1 + kinds.SelectMany(members => members).Max(member => member.Rows.DefaultIfEmpty(-1).Max());
        var common = new BitArray(rows, true);
        foreach (var members in kinds)
        {
            var own = RowMarks.Of([.. members.Select(member => (ReadOnlyMemory<int>)member.Rows)]);
            own.Length = rows;
            common.And(own);
        }
        return common;
    }
}

/// <summary>Which kinds are left out.</summary>
/// <param name="LeftOut">Those that are, in the order in which they were; not all.</param>
/// <param name="Rows">The number of rows that kinds were compared on; 0 where there are none.</param>
internal sealed record KindChoice(IReadOnlyList<LeftOutKind> LeftOut, int Rows);

/// <summary>A kind that is left out.</summary>
/// <param name="Kind">Its index.</param>
/// <param name="With">The mean loss with it, and without those that were left out before.</param>
/// <param name="Without">The mean loss without it.</param>
/// <param name="Rows">The number of rows that they were measured on.</param>
internal sealed record LeftOutKind(int Kind, double With, double Without, int Rows);
