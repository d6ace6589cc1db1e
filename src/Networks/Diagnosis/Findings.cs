namespace MLExtensions.Networks.Diagnosis;

/// <summary>What is looked for, before and after a training.</summary>
internal static class Findings
{
    private static readonly IFinding[] s_before =
    [
        new FewRows(), new ConstantLabel(), new RareClasses(), new UnscaledFeatures(), new ConstantSlots(), new DuplicatedSlots(), new ManyParameters(),
    ];

    private static readonly IFinding[] s_after = [new RisingLoss(), new NoBetterThanConstant(), new LearnedByHeart()];

    /// <summary>Tells what is found, each thing once.</summary>
    /// <param name="training">A training, before it begins (its history is null) or after its end.</param>
    /// <param name="warn">Takes a message.</param>
    public static void Tell(DiagnosedTraining training, Action<string> warn)
    {
        foreach (var finding in training.History is null ? s_before : s_after)
        {
            if (finding.Look(training) is { } message)
                warn(message);
        }
    }
}
