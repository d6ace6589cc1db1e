namespace MLExtensions.Networks.Diagnosis;

/// <summary>Slots that have the same values as another, in all rows.</summary>
internal sealed class DuplicatedSlots : IFinding
{
    public FindingText? Look(DiagnosedTraining training)
    {
        var duplicates = training.Slots.FindDuplicates().ToDictionary(pair => pair.Slot, pair => pair.Original);
        return training.Slots.Rows < 2 || duplicates.Count == 0
            ? null
            : new(Invariant($"{duplicates.Count} of {training.Slots.Count} features {(duplicates.Count == 1 ? "has" : "have")} the values of another in all {training.Slots.Rows} rows: ") +
                $"{training.Describe([.. duplicates.Keys], slot => Invariant($" those of {training.Slot(duplicates[slot])}"))}.",
                $"Leave out the {(duplicates.Count == 1 ? "copy" : "copies")}, and check that the label is not among them.");
    }
}
