namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// How each slot of the features alone goes with the label, from a sample of the training rows: whether at all, and whether it is nearly the label.
/// </summary>
internal sealed class SlotRelations
{
    private const int MostRows = 5000;
    private const int MostNumbers = 2_000_000;
    private const int FewestRows = 30;

    // The chance that any of unrelated slots is taken for related.
    private const double Chance = 0.01;

    private SlotRelations()
    {
    }

    /// <summary>Whether any slot goes with the label, by a test that is wrong in one of 100 trainings.</summary>
    public bool AreRelated { get; private init; }

    /// <summary>The slots that are nearly the label, with what is said of each.</summary>
    public required SortedDictionary<int, string> Leaks { get; init; }

    /// <summary>Looks at a sample.</summary>
    public static SlotRelations Of(DataBlock data, int[] rows, LossTasks task)
    {
        int width = data.FeatureCount;
        int[] sample = NetworkProbe.Sample(rows, Math.Clamp(MostNumbers / width, 100, MostRows));
        var leaks = new SortedDictionary<int, string>();
        if (sample.Length < FewestRows)
            return new SlotRelations { Leaks = leaks };

        float[] all = new float[sample.Length * width];
        data.Features.Gather(sample, all);
        var categories = (data.Layout?.Categories ?? []).ToDictionary(category => category.Slot);
        var targets = Targets(data, sample, task);
        bool related = false;
        float[] values = new float[sample.Length];
        for (int slot = 0; slot < width; slot++)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = all[i * width + slot];
            int[] groups = categories.ContainsKey(slot) ? [.. values.Select(value => (int)value)] : ValueGroups.Of(values);
            foreach (var target in targets)
            {
                related |= IndependenceTest.Rejects(groups, target.Ranks, Chance / ((double)width * targets.Count));
                if (!leaks.ContainsKey(slot) && LeakTest.Look(values, categories.ContainsKey(slot), target) is { } text)
                    leaks[slot] = text;
            }
        }
        return new SlotRelations { AreRelated = related, Leaks = leaks };
    }

    // Of several classes the class itself, for leaks, and whether it is each, for relations.
    private static List<SampledTarget> Targets(DataBlock data, int[] sample, LossTasks task)
    {
        var targets = new List<SampledTarget>();
        for (int target = 0; target < data.TargetCount; target++)
        {
            float[] values = [.. sample.Select(row => data.Targets[row * data.TargetCount + target])];
            if (task == LossTasks.MulticlassClassification)
            {
                foreach (var (value, _) in values.CountBy(value => value).OrderByDescending(group => group.Value).Take(20))
                    targets.Add(SampledTarget.OfClasses([.. values.Select(other => other == value ? 1f : 0)], isPart: true));
                targets.Add(SampledTarget.OfClasses(values));
            }
            else
            {
                targets.Add(task == LossTasks.Regression ? SampledTarget.OfAmounts(values) : SampledTarget.OfClasses(values));
            }
        }
        return targets;
    }
}
