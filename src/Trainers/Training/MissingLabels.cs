namespace MLExtensions.Trainers;

/// <summary>What becomes of rows, of training and of validation, whose label is missing.</summary>
public enum MissingLabels
{
    /// <summary>The first is refused, and the message names its row.</summary>
    Refuse,

    /// <summary>They are left out, also where one value of a vector is missing.</summary>
    Skip,
}
