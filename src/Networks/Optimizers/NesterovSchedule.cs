namespace MLExtensions.Networks;

/// <summary>μ of <see cref="NAdamOptions"/> from step to step, the same for both engines.</summary>
/// <param name="options">The constants.</param>
public sealed class NesterovSchedule(NAdamOptions options)
{
    private double _product = 1;

    /// <summary>The shares of the gradient and of its mean in a step. To be called once per step, in order.</summary>
    /// <param name="step">The number of the step, from 1.</param>
    public (double Gradient, double Mean) Next(int step)
    {
        double now = MomentumAt(step), next = MomentumAt(step + 1);
        _product *= now;
        return ((1 - now) / (1 - _product), next / (1 - _product * next));
    }

    private double MomentumAt(int step) => options.Beta1 * (1 - 0.5 * Math.Pow(0.96, step * (double)options.MomentumDecay));
}
