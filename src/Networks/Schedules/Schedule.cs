namespace MLExtensions.Networks;

/// <summary>
/// How a rate changes in the course of training: at each step the rate is its option times <see cref="FactorAt"/>. Choose one from the
/// static members, as in <c>LearningRateSchedule = Schedule.Cosine</c>, construct one of the derived records, or derive your own.
/// </summary>
/// <remarks>
/// A schedule is a function without state, so that one may serve several trainings at once. An own one is a record that derives from
/// this type:
/// <code>
/// public sealed record HalvedInTheEnd : Schedule
/// {
///     public override double FactorAt(SchedulePoint point) => point.Progress &lt; 0.9 ? 1 : 0.5;
/// }
/// </code>
/// Schedules that end at a low rate count on <c>NumberOfEpochs</c> epochs. Early stopping often ends training long before, at a rate
/// that has hardly come down: choose as many epochs as training shall have, and a long patience or no early stopping.
/// </remarks>
public abstract record Schedule
{
    /// <summary>The rate stays as it is: the default.</summary>
    public static Schedule Constant { get; } = new ConstantSchedule();

    /// <summary>Down to 0 along half a cosine: the usual choice where the number of epochs is known.</summary>
    public static Schedule Cosine { get; } = new CosineSchedule();

    /// <summary>Down to 0 along a straight line.</summary>
    public static Schedule Linear { get; } = new PolynomialSchedule();

    /// <summary>Unchanged for half of training, then down to 0 along half a cosine.</summary>
    public static Schedule FlatCosine { get; } = new FlatCosineSchedule();

    /// <summary>Four waves, each twice as long as the one before: the schedule of RealMLP.</summary>
    public static Schedule CosLog4 { get; } = new CosLog4Schedule();

    /// <summary>Up from 1/25 of the rate in the first 30 % of training, then down to almost 0.</summary>
    public static Schedule OneCycle { get; } = new OneCycleSchedule();

    /// <summary>A tenth of the rate whenever the monitored value has not improved for more than 10 epochs.</summary>
    public static Schedule ReduceOnPlateau { get; } = new PlateauSchedule();

    /// <summary>The factor on the rate at a step; finite and at least 0, and for dropout such that the rate stays below 1.</summary>
    /// <param name="point">Where training is when the step begins.</param>
    public abstract double FactorAt(SchedulePoint point);

    /// <summary>This schedule after a linear rise from a hundredth of the rate, which takes some of the epochs.</summary>
    /// <param name="epochs">The epochs of the rise, fractions allowed; positive.</param>
    public Schedule WithWarmUp(double epochs) => new WarmUpSchedule(this, epochs);

    /// <summary>The greatest factor of a training, as far as it can be told before; 1 or less for most.</summary>
    /// <param name="epochs">The epochs that the schedule spans.</param>
    internal virtual double GreatestFactor(double epochs) => 1;

    /// <summary>One message for each value outside its range, or that makes no sense for a training.</summary>
    /// <param name="epochs">The epochs that the schedule spans.</param>
    /// <param name="stopping">Early stopping, or null.</param>
    internal virtual IEnumerable<string> Validate(double epochs, EarlyStoppingOptions? stopping) => [];
}
