namespace MLExtensions.Networks.Diagnosis;

/// <summary>Slots that have one value. In wide data, such as hashed words, slots that are always 0 are usual.</summary>
internal sealed class ConstantSlots : IFinding
{
    private const int Wide = 1000;

    public FindingText? Look(DiagnosedTraining training)
    {
        var slots = training.Slots;
        if (slots.Rows < 2)
            return null;

        var constant = slots.FindConstant(slot => slots.Count <= Wide || slots.First(slot) != 0);
        return constant.Count == 0
            ? null
            : new(Invariant($"{constant.Count} of {Plural.Of(slots.Count, "feature")} {Plural.Are(constant.Count)} constant in all {slots.Rows} rows: {training.Describe(constant, slot => Invariant($" is {slots.First(slot)}"))}."),
                constant.Count == 1 ? "It tells nothing; check how it comes about, or leave it out." : "They tell nothing; check how they come about, or leave them out.");
    }
}
