namespace MLExtensions.Trainers.Training;

/// <summary>A trainer without the type of its model, as it is looked for in a chain.</summary>
internal interface IValidatedTrainer
{
    /// <summary>Trains a model, and validates it on rows of its own.</summary>
    ITransformer Fit(IDataView trainData, IDataView validationData);
}
