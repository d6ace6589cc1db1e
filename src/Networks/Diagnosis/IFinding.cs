namespace MLExtensions.Networks.Diagnosis;

/// <summary>Something about a training that is allowed and seldom meant. A new one is a file, and a line in <see cref="Findings"/>.</summary>
internal interface IFinding
{
    /// <summary>How grave it is.</summary>
    FindingSeverity Severity => FindingSeverity.Warning;

    /// <summary>Looks for it.</summary>
    /// <param name="training">The training.</param>
    /// <returns>What was found; null where there is nothing to say.</returns>
    FindingText? Look(DiagnosedTraining training);

    /// <summary>The findings that explain this one: where one of them is made, this one says nothing more.</summary>
    IEnumerable<string> FollowsFrom => [];
}

/// <summary>What was found, in words.</summary>
/// <param name="Evidence">One sentence with numbers.</param>
/// <param name="Advice">One with what to try.</param>
internal sealed record FindingText(string Evidence, string Advice);
