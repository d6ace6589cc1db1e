namespace MLExtensions.Networks.Managed;

/// <summary>How far a training step goes.</summary>
internal enum TrainingPart
{
    /// <summary>To the updated parameters.</summary>
    Step,

    /// <summary>To the gradients; parameters stay.</summary>
    Gradients,

    /// <summary>To the statistics of the last normalization layer.</summary>
    Statistics,
}
