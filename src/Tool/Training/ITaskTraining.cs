using MLExtensions.Tuning;

namespace MLExtensions.Tool.Training;

/// <summary>Trains the models of one task.</summary>
internal interface ITaskTraining
{
    /// <summary>Trains a model.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="table">The table.</param>
    /// <param name="options">The options of the trainer.</param>
    /// <param name="train">The rows.</param>
    /// <param name="validation">Rows to validate on; null for a share of the others.</param>
    ITransformer Fit(MLContext ml, TableDescription table, DeepMlpOptions options, IDataView train, IDataView? validation);

    /// <summary>Searches options.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="table">The table.</param>
    /// <param name="options">The options to start from.</param>
    /// <param name="train">The rows.</param>
    /// <param name="search">What was chosen about the search.</param>
    SearchedModel Search(MLContext ml, TableDescription table, DeepMlpOptions options, TuningOptions search, IDataView train);
}
