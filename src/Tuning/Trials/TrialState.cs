namespace MLExtensions.Tuning;

/// <summary>How a trial went.</summary>
public enum TrialState
{
    /// <summary>It is at work, in this process or another.</summary>
    Running,

    /// <summary>It came to its end and was measured.</summary>
    Complete,

    /// <summary>It was ended early, since others had reached more by then; measured with what it had reached.</summary>
    Stopped,

    /// <summary>It gave no model: options that do not go together, a training that diverged, or another error, which the trial tells.</summary>
    Failed,
}
