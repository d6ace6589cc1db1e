namespace MLExtensions.Networks.Tests;

/// <summary>The tasks that there are trainers for.</summary>
public enum LearningTask
{
    Binary,
    Multiclass,
    Regression,
}
