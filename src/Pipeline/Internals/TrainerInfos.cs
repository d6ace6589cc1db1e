using System.Runtime.CompilerServices;
using Microsoft.ML;

namespace MLExtensions.Pipeline;

/// <summary>Makes the description of a trainer, whose constructor ML.NET keeps to itself.</summary>
public static class TrainerInfos
{
    /// <summary>Makes a description.</summary>
    /// <param name="needNormalization">Whether the trainer works better on normalized features.</param>
    /// <param name="wantCaching">Whether the trainer reads its data more than once.</param>
    /// <param name="supportsValidation">Whether the trainer can be given a validation set.</param>
    /// <param name="supportsWarmStart">Whether the trainer can start from a model.</param>
    public static TrainerInfo Create(bool needNormalization, bool wantCaching, bool supportsValidation, bool supportsWarmStart = false) =>
        New(needNormalization, false, wantCaching, supportsValidation, supportsWarmStart, false);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern TrainerInfo New(bool normalization, bool calibration, bool caching, bool supportValid,
        bool supportIncrementalTrain, bool supportTest);
}
