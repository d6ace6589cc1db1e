namespace MLExtensions.Networks.Diagnosis;

/// <summary>A label with one value: of classification that is an error, where the label is one class.</summary>
internal sealed class ConstantLabel : IFinding
{
    public FindingText? Look(DiagnosedTraining training)
    {
        var (data, rows) = (training.Data, training.Plan.Split.Training);
        for (int label = 0; label < data.TargetCount; label++)
        {
            float first = data.Targets[rows[0] * data.TargetCount + label];
            if (rows.Length > 1 && Array.TrueForAll(rows, row => data.Targets[row * data.TargetCount + label] == first))
            {
                string which = data.TargetCount == 1 ? "the label" : Invariant($"label {label} (counted from 0)");
                return new(Invariant($"{which} is {first} in all {rows.Length} training rows: there is nothing to learn."), "Check the label column, and whether the data is sorted by it and cut.");
            }
        }
        return null;
    }
}
