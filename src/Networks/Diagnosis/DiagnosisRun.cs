namespace MLExtensions.Networks.Diagnosis;

/// <summary>Looks at a training before and after it, and at what experiments tell of it.</summary>
internal static class DiagnosisRun
{
    /// <summary>Runs it.</summary>
    /// <param name="training">The training before it begins, with experiments.</param>
    /// <param name="train">Trains.</param>
    public static TrainingDiagnosis Run(DiagnosedTraining training, Func<(NetworkWeights Weights, TrainingHistory History)> train)
    {
        var experiments = training.Experiments!;
        // What cannot be trained is not to be tried in other ways either.
        if (Findings.Of(training).FirstOrDefault() is { Name: nameof(ImpossibleBatches) } impossible)
            return new TrainingDiagnosis([impossible], [], null, null);

        var findings = Findings.Of(training).ToList();
        var after = training with { Plan = experiments.Plan };
        try
        {
            var (weights, history) = train();
            experiments.Trained = new(experiments.Plan.Network, weights, history);
            after = after with { History = history };
        }
        catch (TrainingDivergedException divergence)
        {
            after = after with { Divergence = divergence };
        }
        findings.AddRange(Findings.Of(after));
        return new TrainingDiagnosis([.. Findings.WithoutConsequences(findings).OrderByDescending(finding => finding.Severity)], [.. Measures(after, experiments)], experiments.Rates, after.History);
    }

    private static IEnumerable<DiagnosisMeasure> Measures(DiagnosedTraining training, TrainingExperiments experiments)
    {
        var evaluator = training.Plan.Evaluator;
        yield return new("initial loss", LargeInitialLoss.ExpectedOf(training) is { } expected
            ? $"{NumberText.Of(experiments.InitialLoss)}, {NumberText.Of(expected)} of a network that knows nothing" : NumberText.Of(experiments.InitialLoss));
        yield return new("gradients", Invariant($"differ from slopes by {experiments.GradientDifference:G2} of their size"));
        if (experiments.Subset is { } subset)
            yield return new("subset", Invariant($"{subset.Rows} rows alone were {(subset.Learned ? "" : "not ")}learned by heart in {Plural.Of(subset.Steps, "step")}"));
        if (experiments.Rates is { } rates)
            yield return new("learning rate", Invariant($"{training.Options.Optimizer.LearningRate:G3}; {(rates.Suggestion is { } suggestion ? Invariant($"a range test suggests {suggestion:G2}, and its loss was least at {rates.Least:G2}") : "a range test suggests none")}"));
        if (training.EpochOfModel is { } epoch)
        {
            string constant = training.ConstantPrediction is { } guess ? $", {NumberText.Of(guess.Loss)} of a constant" : "";
            yield return new("loss", $"{Text(epoch.MeasuredTrainingLoss)} on the training rows, {Text(epoch.ValidationLoss)} on the validation rows{constant}");
            yield return new(evaluator.MetricName, $"{Text(epoch.TrainingMetric)} on the training rows, {Text(epoch.ValidationMetric)} on the validation rows");
        }
        if (training.Gain is { } gain)
            yield return new("gain over a constant", Invariant($"{gain.Mean:G3} ± {gain.Error:G2} on {Plural.Of(training.Plan.Split.Validation.Length, "validation row", format: "N0")}"));
        if (ErrorParts.Of(training) is { } parts)
            yield return new("bias and variance", Invariant($"{parts.Bias:G3} above a human's error, {parts.Variance:G3} more on new rows"));
    }

    private static string Text(double? value) => value is { } number ? NumberText.Of(number) : "not measured";
}
