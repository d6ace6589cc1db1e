namespace MLExtensions.Trainers.Engine;

/// <summary>Rows in memory, dense and row-major: what an engine trains on and scores.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="FeatureCount">The number of features of a row.</param>
/// <param name="TargetCount">The number of targets of a row; 1 but for regression with several outputs.</param>
/// <param name="Features">The features, [Rows x FeatureCount], all finite.</param>
/// <param name="Targets">The targets, [Rows x TargetCount], as the loss asks for them.</param>
/// <param name="Weights">The weight of each row, [Rows], at least 0 and finite; null where all are 1.</param>
public sealed record DataBlock(int Rows, int FeatureCount, int TargetCount, float[] Features, float[] Targets, float[]? Weights);
