namespace MLExtensions.Networks.Diagnosis;

/// <summary>Something about a training that is allowed and seldom meant.</summary>
internal interface IFinding
{
    /// <summary>Looks for it.</summary>
    /// <param name="training">The training.</param>
    /// <returns>One sentence with numbers, and one with what to try; null where there is nothing to say.</returns>
    string? Look(DiagnosedTraining training);
}
