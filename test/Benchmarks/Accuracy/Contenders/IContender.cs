namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>What learns tables. A new one is one file, and a line in <see cref="Contenders"/>.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Its name on the command line.</summary>
    string Key { get; }

    /// <summary>Its name in the report.</summary>
    string Name { get; }

    /// <summary>Its settings, for the report.</summary>
    string Settings { get; }

    /// <summary>Whether it is measured only where it is named.</summary>
    bool IsOnDemand => false;

    /// <summary>Learns the training rows of a trial and predicts the test rows.</summary>
    Prediction Run(Trial trial);
}

/// <summary>A table, one of its splits, and a seed.</summary>
/// <param name="Set">The data set.</param>
/// <param name="Table">Its rows.</param>
/// <param name="Split">The split.</param>
/// <param name="Seed">The seed of everything random.</param>
internal sealed record Trial(DataSet Set, Table Table, Split Split, int Seed);

/// <summary>What a contender says of the test rows.</summary>
/// <param name="Scores">
/// [test rows x outputs]: the probability of the second class (two), the probabilities of the classes (several), or the value.
/// </param>
/// <param name="FitTime">From the training rows in memory to a model, preparation of features included.</param>
internal sealed record Prediction(float[] Scores, TimeSpan FitTime);
