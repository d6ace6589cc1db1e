using System.Text.Json.Serialization;
using MLExtensions.Archives;

namespace MLExtensions.Networks.SavedModels;

/// <summary>
/// What an archive says of a trained network of any task, beside its tensors. It is what models write, less the history of the training, which scores do not
/// depend on; a task's own part is null in those of others.
/// </summary>
/// <param name="FeatureColumn">The name of the feature column.</param>
/// <param name="Network">The layers.</param>
/// <param name="Temperature">What logits are divided by.</param>
/// <param name="Labels">The values of the classes, or the names of several labels; null where they have none.</param>
/// <param name="Label">The label of a classification; null in archives of before it was kept, and in other tasks.</param>
/// <param name="LabelColumn">The name of the label column of a regression; null in archives of before it was kept.</param>
/// <param name="Regression">The part of a regression.</param>
/// <param name="FeatureNames">The names of the features; null where they have none.</param>
/// <param name="Spread">How the spread of scores is measured; null for not at all.</param>
internal sealed record SavedNetwork(string FeatureColumn, NetworkDescription Network, float Temperature = 1, SavedLabels? Labels = null, SavedLabel? Label = null,
    string? LabelColumn = null, SavedRegression? Regression = null, SlotNamesDescription? FeatureNames = null, SpreadPart? Spread = null)
{
    /// <summary>The bytes that tensors take at most.</summary>
    [JsonIgnore]
    public long ValueBytes => sizeof(float) * ((long)new ParameterLayout(Network).Length + Network.Inputs) + BytesPerOutput * (long)Network.Outputs;

    // Four doubles of a regression at most, and room to spare.
    private const int BytesPerOutput = 64;

    /// <summary>Refuses what no training gives.</summary>
    /// <exception cref="FormatException">It is such.</exception>
    public void Check()
    {
        if (FeatureColumn.Length == 0)
            throw new FormatException("the name of the feature column is empty");
        NetworkChecks.Check(Network);
        Spread?.Check(Network);
        if (!(Temperature > 0 && float.IsFinite(Temperature)))
            throw new FormatException(Invariant($"a temperature of {Temperature} is impossible"));
        if (Network.Layers is [CustomLayer custom])
        {
            throw new NotSupportedException($"its network '{custom.Name}' is code of an application, written with {custom.Kind}, which no archive holds: " +
                "load it with ML.NET, in an application that registers the code");
        }
    }
}

/// <summary>The values behind classes as an archive tells them.</summary>
/// <param name="Type">The name of their type, such as <c>Text</c> or <c>Boolean</c>.</param>
/// <param name="Texts">The values as text, in the order of the classes.</param>
internal sealed record SavedLabels(string Type, IReadOnlyList<string> Texts)
{
    /// <summary>Refuses more or fewer than there are classes.</summary>
    /// <exception cref="FormatException">There are.</exception>
    public void Check(int count)
    {
        if (Texts.Count != count || Texts.Contains(null!))
            throw new FormatException($"{Plural.Of(Texts.Count, "label")} {(Texts.Count == 1 ? "does" : "do")} not fit {Plural.Of(count, "class", "classes")}, or one is null");
    }
}

/// <summary>The label of a classification as an archive tells it.</summary>
/// <param name="Column">The name of the label column.</param>
/// <param name="IsKey">Whether the label was a key.</param>
/// <param name="IsReversed">Whether the classes of keys without values are in the opposite order of the keys.</param>
internal sealed record SavedLabel(string Column, bool IsKey, bool IsReversed = false);

/// <summary>The part of a regression as an archive tells it.</summary>
/// <param name="VectorLabel">Whether the label was a vector.</param>
/// <param name="ClampScores">Whether scores are kept within the range of the training labels.</param>
/// <param name="LabelTransform">How labels are transformed.</param>
/// <param name="LogLink">Whether a score is the exponential of an output.</param>
/// <param name="Quantiles">The quantiles that scores are; null where they are means.</param>
/// <param name="Interval">What makes scores intervals; null for nothing.</param>
internal sealed record SavedRegression(bool VectorLabel, bool ClampScores, LabelTransform LabelTransform = LabelTransform.Standardize,
    bool LogLink = false, IReadOnlyList<float>? Quantiles = null, SavedInterval? Interval = null);

/// <summary>What makes scores intervals, as an archive tells it.</summary>
/// <param name="Coverage">The probability with which a label lies in the interval.</param>
/// <param name="Margins">What is added on both sides, for each label.</param>
/// <param name="HeldOutRows">The number of rows whose errors it follows from.</param>
internal sealed record SavedInterval(double Coverage, IReadOnlyList<double> Margins, int HeldOutRows)
{
    /// <summary>Refuses what no training gives.</summary>
    /// <exception cref="FormatException">It is such.</exception>
    public void Check(int labels)
    {
        if (!(Coverage > 0 && Coverage < 1) || Margins.Count != labels || !Margins.All(double.IsFinite) || HeldOutRows < 1)
            throw new FormatException(Invariant($"an interval of coverage {Coverage}, {Margins.Count} margins and {HeldOutRows} rows does not fit {Plural.Of(labels, "label")}"));
    }
}
