namespace MLExtensions.Networks;

/// <summary>What may differ from one training step to the next.</summary>
/// <param name="LearningRate">The learning rate of the step; at least 0 and finite.</param>
/// <param name="DropoutFactor">What all dropout rates are multiplied by; at least 0, and small enough for all rates to stay below 1.</param>
/// <param name="WeightDecayFactor">What L1, L2 and the optimizer's weight decay are multiplied by; at least 0 and finite.</param>
public readonly record struct StepSettings(float LearningRate, float DropoutFactor = 1, float WeightDecayFactor = 1);
