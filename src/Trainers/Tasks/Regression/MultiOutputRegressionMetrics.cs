namespace MLExtensions.Trainers;

/// <summary>How well several numbers of a row are predicted. Labels that are NaN are left out; the rest count by the weight of their row.</summary>
public sealed class MultiOutputRegressionMetrics
{
    internal MultiOutputRegressionMetrics(IReadOnlyList<OutputRegressionMetrics> outputs)
    {
        Outputs = outputs;
        RootMeanSquaredError = Math.Sqrt(outputs.Average(output => output.MeanSquaredError));
        MeanAbsoluteError = outputs.Average(output => output.MeanAbsoluteError);
        RSquared = outputs.Average(output => output.RSquared);
    }

    /// <summary>The metrics of each output, in their order.</summary>
    public IReadOnlyList<OutputRegressionMetrics> Outputs { get; }

    /// <summary>The root of the mean of the squared errors of all outputs: outputs in large units count most.</summary>
    public double RootMeanSquaredError { get; }

    /// <summary>The mean of the absolute errors of all outputs.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>The mean of the coefficients of determination of the outputs: each counts alike, as in scikit-learn's <c>r2_score</c>.</summary>
    public double RSquared { get; }
}

/// <summary>How well one of several numbers of a row is predicted.</summary>
public sealed class OutputRegressionMetrics
{
    internal OutputRegressionMetrics(string? name, double squaredError, double absoluteError, double rSquared)
    {
        Name = name;
        MeanSquaredError = squaredError;
        MeanAbsoluteError = absoluteError;
        RSquared = rSquared;
    }

    /// <summary>The slot name of the label; null where it has none.</summary>
    public string? Name { get; }

    /// <summary>The mean squared error, in squared units of the label.</summary>
    public double MeanSquaredError { get; }

    /// <summary>The root of <see cref="MeanSquaredError"/>, in units of the label.</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>The mean absolute error, in units of the label.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>
    /// The coefficient of determination, 1 - (mean squared error) / (variance of the labels): 1 is exact, 0 as good as their mean. Of labels
    /// that are all equal it is NaN or negative infinity.
    /// </summary>
    public double RSquared { get; }
}
