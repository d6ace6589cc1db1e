namespace MLExtensions.Trainers.TorchSharp.Optimizers;

/// <summary>What an optimizer is about.</summary>
/// <param name="Settings">The settings of the session.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Groups">How each tensor is updated.</param>
internal sealed record TorchUpdateContext(EngineSettings Settings, TorchParameters Parameters, ParameterGroups Groups);
