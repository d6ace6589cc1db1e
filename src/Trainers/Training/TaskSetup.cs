using MLExtensions.Networks;
using MLExtensions.Networks.Evaluation;

namespace MLExtensions.Trainers.Training;

/// <summary>What a task makes of the rows that were read.</summary>
/// <param name="Data">The rows, with targets and weights as the loss asks for them.</param>
/// <param name="Outputs">The number of outputs of the network.</param>
/// <param name="Evaluator">What is measured on the validation rows.</param>
/// <param name="CreateModel">Wraps a trained network; the last argument is the temperature of its probabilities, 1 where they are not calibrated.</param>
internal sealed record TaskSetup<TModel>(DataBlock Data, int Outputs, ValidationEvaluator Evaluator,
    Func<NetworkDescription, NetworkWeights, float, TModel> CreateModel);
