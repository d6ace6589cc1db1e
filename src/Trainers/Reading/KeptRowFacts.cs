using System.Security.Cryptography;
using System.Text;

namespace MLExtensions.Trainers.Reading;

/// <summary>By what the rows of a kept file are known again.</summary>
internal static class KeptRowFacts
{
    private const string LabelsOf = "labels of column ";

    /// <summary>What is known before rows are read.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="missingLabels">What becomes of rows without label: where they are left out, which rows there are follows from the label column.</param>
    public static RowFileFacts Of(TrainingColumns columns, MissingLabels missingLabels) => new(Before(columns, missingLabels));

    /// <summary>What is known once they are read.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="missingLabels">What becomes of rows without label.</param>
    /// <param name="trainingRows">The rows of the training data.</param>
    /// <param name="rows">Those of the training and of the validation data.</param>
    /// <param name="targets">The labels as they were read.</param>
    public static RowFileFacts Of(TrainingColumns columns, MissingLabels missingLabels, int trainingRows, int rows, float[] targets) => new(new Dictionary<string, string>(Before(columns, missingLabels))
    {
        ["training rows"] = Invariant($"{trainingRows}"),
        ["validation rows"] = Invariant($"{rows - trainingRows}"),
        [$"{LabelsOf}'{columns.Label.Column.Name}'"] = HashOf(targets),
    });

    /// <summary>The label column, in quotation marks, of the training that kept a file.</summary>
    public static string LabelOf(KeptFeatures kept) => kept.Facts.All.Keys.First(name => name.StartsWith(LabelsOf, StringComparison.Ordinal))[LabelsOf.Length..];

    private static Dictionary<string, string> Before(TrainingColumns columns, MissingLabels missingLabels) => new()
    {
        ["feature column"] = $"'{columns.Features.Name}'",
        ["slots of a row"] = Invariant($"{columns.FeatureCount}"),
        ["names of the slots"] = columns.FeatureNames?.Texts is { } names ? HashOf(string.Join('\n', names)) : "none",
        ["categories"] = columns.Layout is { Categories.Count: > 0 and var count } layout ? Invariant($"{count} slots, {HashOf(string.Join(' ', layout.Categories))}") : "none",
        ["rows"] = missingLabels == MissingLabels.Refuse ? "all" : $"those of MissingLabels.{missingLabels} and label column '{columns.Label.Column.Name}'",
    };

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string HashOf(float[] values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ArrayBytes.ForEachPortion(values.AsSpan(), bytes => hash.AppendData(bytes));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
