using MLExtensions.Tuning;

namespace MLExtensions.Tool.Training;

/// <summary>What a search gave.</summary>
/// <param name="Model">The best model.</param>
/// <param name="Leaderboard">All trials.</param>
/// <param name="Best">The best trial.</param>
/// <param name="Code">Its options as C#.</param>
internal sealed record SearchedModel(ITransformer Model, Leaderboard Leaderboard, Trial Best, string Code);
