namespace MLExtensions.Networks.Diagnosis;

/// <summary>What the error of a model is made of, where a human's is known: 1 less the accuracy, or the root mean squared error.</summary>
/// <param name="Human">That of a human.</param>
/// <param name="Training">On the training rows.</param>
/// <param name="Validation">On the validation rows.</param>
/// <param name="Noise">Three standard errors of the validation rows: a smaller part is chance.</param>
/// <remarks>Ng 2018, "Machine Learning Yearning", chapters 20 to 27.</remarks>
internal sealed record ErrorParts(double Human, double Training, double Validation, double Noise)
{
    /// <summary>What could be gained on the training rows.</summary>
    public double Bias => Training - Human;

    /// <summary>What is lost on the way to new rows.</summary>
    public double Variance => Validation - Training;

    /// <summary>The parts; null where no human's error is known, or nothing was measured.</summary>
    public static ErrorParts? Of(DiagnosedTraining training)
    {
        if (training.HumanError is not { } human || training.EpochOfModel is not { TrainingMetric: { } own, ValidationMetric: { } validation })
            return null;

        int rows = training.Plan.Split.Validation.Length;
        return training.Plan.Evaluator.HigherMetricIsBetter
            ? new(human, 1 - own, 1 - validation, 3 * Math.Sqrt(Math.Max(1.0 / rows, validation * (1 - validation)) / rows))
            // The relative error of a root mean square is about 1 / √2n where errors are normal, and more where tails are heavy.
            : new(human, own, validation, 3 * validation / Math.Sqrt(rows));
    }
}
