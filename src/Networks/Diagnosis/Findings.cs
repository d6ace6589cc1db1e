namespace MLExtensions.Networks.Diagnosis;

/// <summary>What is looked for, before and after a training. What takes experiments is looked for where there are some.</summary>
internal static class Findings
{
    private static readonly IFinding[] s_before =
    [
        new ImpossibleBatches(), new FewRows(), new ConstantLabel(), new RareClasses(), new UnscaledFeatures(), new ConstantSlots(), new DuplicatedSlots(), new LeakedLabel(),
        new SharedRows(), new ManyParameters(), new LargeInitialLoss(), new WrongGradient(), new ExplodingLayers(), new VanishingLayers(), new DeadUnits(), new SaturatedUnits(),
    ];

    private static readonly IFinding[] s_after =
    [
        new DivergedTraining(), new LearningRateTooHigh(), new LearningRateTooLow(), new SubsetNotLearned(), new RisingLoss(), new UnrelatedLabels(), new NoBetterThanConstant(),
        new NetworkTooSmall(), new NetworkTooLarge(), new LearnedByHeart(), new HighBias(), new HighVariance(), new NoisyValidation(), new DeadUnits(), new SaturatedUnits(),
    ];

    /// <summary>The names of all findings there are.</summary>
    public static IEnumerable<string> Names => s_before.Concat(s_after).Select(NameOf).Distinct();

    /// <summary>Looks for all of them.</summary>
    /// <param name="training">A training, before it begins (its history is null) or after its end.</param>
    public static IEnumerable<Finding> Of(DiagnosedTraining training)
    {
        foreach (var finding in training.IsOver ? s_after : s_before)
        {
            if (finding.Look(training) is { } text)
                yield return new Finding(NameOf(finding), finding.Severity, text.Evidence, text.Advice);
        }
    }

    /// <summary>Tells what is found, each thing once.</summary>
    /// <param name="training">A training, before it begins or after its end.</param>
    /// <param name="warn">Takes a message.</param>
    public static void Tell(DiagnosedTraining training, Action<string> warn)
    {
        foreach (var finding in Of(training))
            warn(finding.ToString());
    }

    /// <summary>Leaves out what others of the findings explain.</summary>
    public static IEnumerable<Finding> WithoutConsequences(IReadOnlyCollection<Finding> findings)
    {
        var explanations = s_before.Concat(s_after).DistinctBy(NameOf).ToDictionary(NameOf, finding => finding.FollowsFrom.ToHashSet());
        return findings.Where(finding => !findings.Any(other => explanations[finding.Name].Contains(other.Name)));
    }

    private static string NameOf(IFinding finding) => finding.GetType().Name;
}
