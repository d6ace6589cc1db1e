namespace MLExtensions.Networks;

/// <summary>
/// How numbers among the features are scaled inside the trainer: fitted to the rows that are trained on, never to those that validate,
/// and kept in the model as its first layer. Slots that are 0 or 1 in all of these rows, such as one-hot columns, stay as they are, and so
/// do categories. A number that is missing (NaN) becomes 0, the middle of the others, and a slot is added that tells; slots where no
/// training row lacks a number refuse NaN.
/// </summary>
public abstract record InputScaling
{
    private protected InputScaling()
    {
    }

    /// <summary>(x - mean) / standard deviation.</summary>
    public static InputScaling Standard { get; } = new StandardInputScaling();

    /// <summary>(x - median) / (upper - lower quartile), with smooth clipping at 3: the default, of RealMLP.</summary>
    public static InputScaling Robust { get; } = new RobustInputScaling();

    /// <summary>The normal quantile of the share of training values below a number, of TabM.</summary>
    public static InputScaling Quantile { get; } = new QuantileInputScaling();

    /// <summary>One message for each value outside its range.</summary>
    internal virtual IEnumerable<string> Validate() => [];

    /// <summary>Fits the scaling.</summary>
    /// <param name="layout">What the slots are, and which lack a number in a training row.</param>
    /// <param name="slots">The numbers of the training rows.</param>
    /// <param name="seed">The seed of the training.</param>
    internal abstract FittedInputs Fit(RowLayout layout, NumberSlots slots, int seed);
}
