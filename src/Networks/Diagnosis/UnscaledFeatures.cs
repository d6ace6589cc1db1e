namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// Features of other sizes than networks are made for: a mean or a standard deviation beyond 100 or, of all, below 0.001, or beyond 1,000 times that of another
/// slot.
/// </summary>
internal sealed class UnscaledFeatures : IFinding
{
    private const double Large = 100;
    private const double Ratio = 1000;
    private const double Small = 0.001;

    public FindingText? Look(DiagnosedTraining training)
    {
        if (training.Options.InputScaling is not null && training.Plan.Network.Layers is not [CustomLayer])
            return null;

        var slots = training.Slots;
        var varying = Enumerable.Range(0, slots.Count).Where(slot => slots.IsNumber(slot) && !slots.SeemsConstant(slot)).ToList();
        if (varying.Count == 0)
            return null;

        int largest = varying.MaxBy(SizeOf);
        int far = varying.Count(slot => SizeOf(slot) > Large);
        if (far > 0)
            return Text($"{Of(far)} {Plural.Are(far)} far from 0 and 1, {(far == 1 ? "namely" : "above all")} {training.FirstSlot(largest)}{Sizes(largest)}");
        if (SizeOf(largest) < Small)
            return Text($"all are next to 0, the largest being {training.FirstSlot(largest)}{Sizes(largest)}");
        var (narrow, wide) = (varying.MinBy(slots.Deviation), varying.MaxBy(slots.Deviation));
        if (slots.Deviation(wide) > Ratio * slots.Deviation(narrow))
            return Text(Compared("standard deviation", slots.Deviation, narrow, wide));
        int smallest = varying.MinBy(SizeOf);
        return SizeOf(largest) > Ratio * SizeOf(smallest) ? Text(Compared("size", SizeOf, smallest, largest)) : null;

        double SizeOf(int slot) => Math.Max(Math.Abs(slots.Mean(slot)), slots.Deviation(slot));

        string Sizes(int slot) => Invariant($" with mean {slots.Mean(slot):G3} and standard deviation {slots.Deviation(slot):G3}");

        string Of(int some) => Invariant($"{some} of {slots.Count}");

        string Compared(string what, Func<int, double> measure, int least, int most)
        {
            int many = varying.Count(slot => measure(slot) > Ratio * measure(least));
            return Invariant($"{Of(many)} {(many == 1 ? "has" : "have")} over {Ratio:N0} times the {what} of {training.FirstSlot(least)}{Sizes(least)}, ") +
                $"{(many == 1 ? "namely" : "above all")} {training.Slot(most)}{Sizes(most)}";
        }

        static FindingText Text(string sizes) => new($"the features are not scaled: {sizes}.", "Leave InputScaling at its default, or put a scaler such as ScaleStandard before the trainer.");
    }
}
