using Microsoft.ML.Data;

namespace MLExtensions.Trainers.Tests;

/// <summary>A row with a label for every task, and a column that no trainer reads.</summary>
internal sealed class Example
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    /// <summary>Binary: whether the first feature is positive.</summary>
    public bool Truth { get; set; }

    /// <summary>Binary, as a number: 0 or 1.</summary>
    public float ZeroOrOne { get; set; }

    /// <summary>Multiclass: blue, green or red.</summary>
    public string Name { get; set; } = "";

    /// <summary>Regression: a function of the features.</summary>
    public float Value { get; set; }

    /// <summary>Regression with two outputs.</summary>
    [VectorType(2)]
    public float[] Values { get; set; } = [];

    public float Weight { get; set; } = 1;

    public string Note { get; set; } = "";
}
