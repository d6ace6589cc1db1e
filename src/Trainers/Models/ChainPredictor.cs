extern alias Data;

using System.Runtime.CompilerServices;

// For the interface below, and nothing else.
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]

namespace MLExtensions.Trainers.Models;

/// <summary>
/// What every fitted deep MLP is: a transformer that ML.NET finds in a chain, as <c>PermutationFeatureImportance</c> of a whole
/// chain does. The interface that it looks for is internal to ML.NET, so no public type can name it among its own: a compiler
/// that reads this assembly would look for it in vain.
/// </summary>
/// <typeparam name="TModel">The model of the task.</typeparam>
internal sealed class ChainPredictor<TModel>(TModel model, string featureColumnName, TrainingHistory history)
    : DeepMlpTransformer<TModel>(model, featureColumnName, history), Data::Microsoft.ML.ISingleFeaturePredictionTransformer
    where TModel : DeepMlpModelParameters;
