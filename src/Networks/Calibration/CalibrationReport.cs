namespace MLExtensions.Networks;

/// <summary>How the probabilities of the validation rows were calibrated after training.</summary>
/// <param name="Temperature">T, by which logits are divided: above 1 where the network was overconfident, 1 where it was right.</param>
/// <param name="LossBefore">The mean cross-entropy of the validation rows, by example weight, with T = 1.</param>
/// <param name="LossAfter">
/// The same with the temperature; above <paramref name="LossBefore"/> at times where rows are few and nearly all right, since so few do not
/// show that a network may be as sure as it is.
/// </param>
/// <param name="ErrorBefore">
/// The expected calibration error with T = 1: validation rows are put into 15 bins of equal width by the probability of their
/// predicted class, and |accuracy - mean probability| is averaged over the bins by weight. From 0 to 1.
/// </param>
/// <param name="ErrorAfter">The same with the temperature.</param>
/// <remarks>
/// Each of n validation rows counts as 1 / (n + 1) of a row of any class (Platt 1999), and log T as drawn from a normal distribution of deviation 1/2, which many rows
/// outweigh. Guo, Pleiss, Sun, Weinberger 2017, "On Calibration of Modern Neural Networks", arXiv 1706.04599.
/// </remarks>
public sealed record CalibrationReport(double Temperature, double LossBefore, double LossAfter, double ErrorBefore, double ErrorAfter);
