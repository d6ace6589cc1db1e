namespace MLExtensions.Trainers.TorchSharp.Rows;

/// <summary>The rows of one step, on the device.</summary>
/// <param name="Features">The features, [rows x features].</param>
/// <param name="Targets">Class indices, Int64 [rows], for the softmax losses; else [rows x targets].</param>
/// <param name="Weights">The weights of the rows, [rows], or null where all are 1.</param>
internal readonly record struct TorchBatch(Tensor Features, Tensor Targets, Tensor? Weights);
