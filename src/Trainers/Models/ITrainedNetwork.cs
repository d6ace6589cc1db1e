namespace MLExtensions.Trainers.Models;

/// <summary>A fitted network without the type of its model, as it is looked for in a chain.</summary>
internal interface ITrainedNetwork
{
    /// <summary>The model and its feature column, for messages.</summary>
    string Name { get; }

    /// <summary>The network.</summary>
    DeepMlpModelParameters Model { get; }

    /// <summary>The column it reads.</summary>
    string FeatureColumnName { get; }

    /// <summary>How the training went.</summary>
    TrainingHistory History { get; }

    /// <summary>Describes the network in a table.</summary>
    string Summary();
}
