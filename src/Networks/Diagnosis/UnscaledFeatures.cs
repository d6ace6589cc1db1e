namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// Features of other sizes than networks are made for: a mean or a standard deviation beyond 100, or beyond 1,000 times that of another
/// slot.
/// </summary>
internal sealed class UnscaledFeatures : IFinding
{
    private const double Large = 100;
    private const double Ratio = 1000;

    public string? Look(DiagnosedTraining training)
    {
        var slots = training.Slots;
        var varying = Enumerable.Range(0, slots.Count).Where(slot => slots.IsNumber(slot) && !slots.SeemsConstant(slot)).ToList();
        if (varying.Count == 0)
            return null;

        int largest = varying.MaxBy(SizeOf);
        if (SizeOf(largest) > Large)
            return Text($"{Slot(largest)}, far from 0 and 1");
        var (narrow, wide) = (varying.MinBy(slots.Deviation), varying.MaxBy(slots.Deviation));
        if (slots.Deviation(wide) > Ratio * slots.Deviation(narrow))
            return Text($"{Slot(narrow)}, {Slot(wide)}");
        int smallest = varying.MinBy(SizeOf);
        return SizeOf(largest) > Ratio * SizeOf(smallest) ? Text($"{Slot(smallest)}, {Slot(largest)}") : null;

        double SizeOf(int slot) => Math.Max(Math.Abs(slots.Mean(slot)), slots.Deviation(slot));

        string Slot(int slot) => Invariant($"slot {slot}{training.SlotName(slot)} has mean {slots.Mean(slot):G3} and standard deviation {slots.Deviation(slot):G3}");

        static string Text(string sizes) => $"the features are not scaled: {sizes}. Put a scaler such as ScaleStandard before the trainer.";
    }
}
