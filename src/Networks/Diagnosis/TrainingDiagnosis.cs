using System.Text;

namespace MLExtensions.Networks;

/// <summary>What is suspicious about a training, and what was looked at.</summary>
/// <param name="Findings">What was found, the gravest first; empty where all is well.</param>
/// <param name="Measures">What was measured, found or not.</param>
/// <param name="LearningRates">The learning-rate range test; null where there was none.</param>
/// <param name="History">How the training went; null where it could not be, or diverged.</param>
public sealed record TrainingDiagnosis(IReadOnlyList<Finding> Findings, IReadOnlyList<DiagnosisMeasure> Measures, LearningRateCurve? LearningRates, TrainingHistory? History)
{
    /// <summary>The findings and the measures as a short text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(Findings.Count == 0 ? "Nothing suspicious was found." : $"{Plural.Of(Findings.Count, "finding")}:");
        foreach (var finding in Findings)
            text.AppendLine($"- {finding.Name} ({finding.Severity.ToString().ToLowerInvariant()}): {finding}");
        if (Measures.Count > 0)
            text.Append(TextTable.Of([.. Measures.Select(measure => (string[])[measure.Name, measure.Value])], leftColumns: 2));
        return text.ToString().TrimEnd();
    }
}

/// <summary>Something that a diagnosis has measured.</summary>
/// <param name="Name">What.</param>
/// <param name="Value">How much, in words.</param>
public sealed record DiagnosisMeasure(string Name, string Value);
