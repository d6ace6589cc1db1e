namespace MLExtensions.Samples;

/// <summary>What is known of a person; what is left out of the JSON is missing.</summary>
internal sealed class Person
{
    public float Age { get; set; } = float.NaN;
    public string Workclass { get; set; } = "";
    public string Education { get; set; } = "";
    public string MaritalStatus { get; set; } = "";
    public string Occupation { get; set; } = "";
    public string Relationship { get; set; } = "";
    public string Race { get; set; } = "";
    public string Sex { get; set; } = "";
    public float CapitalGain { get; set; } = float.NaN;
    public float CapitalLoss { get; set; } = float.NaN;
    public float HoursPerWeek { get; set; } = float.NaN;
    public string NativeCountry { get; set; } = "";
}

internal sealed class Prediction
{
    public string PredictedLabel { get; set; } = "";
    public float Probability { get; set; }
    public float[] FeatureContributions { get; set; } = [];
}

/// <summary>The likelier class, the probability of the one that is asked about, and the three features that moved it most.</summary>
internal sealed record Answer(string PredictedLabel, float Probability, Reason[] Reasons);

/// <summary>What a feature added to the logit of the probability, against a typical person.</summary>
internal sealed record Reason(string Feature, float Logit);
