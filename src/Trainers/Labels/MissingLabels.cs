namespace MLExtensions.Trainers;

/// <summary>What becomes of rows, of training and of validation, whose label is missing.</summary>
public enum MissingLabels
{
    /// <summary>The first is refused, and the message names its row.</summary>
    Refuse,

    /// <summary>They are left out, also where one value of a vector is missing.</summary>
    Skip,

    /// <summary>
    /// Of a vector the values that are NaN count nothing: neither in the loss, which is the mean over those that are there, nor in statistics
    /// of labels and what is measured. Rows without any value are left out. Not for a <see cref="CustomLoss"/>.
    /// </summary>
    Mask,
}
