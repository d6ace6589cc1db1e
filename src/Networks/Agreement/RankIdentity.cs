using System.Text.Json;
using MLExtensions.Networks.Checkpoints;

namespace MLExtensions.Networks.Agreement;

/// <summary>Whether all ranks train the same: else they would wait for one another forever, or give a model of neither.</summary>
internal static class RankIdentity
{
    /// <summary>Compares what the result of a training follows from. Collective.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="identity">The training of this one.</param>
    /// <param name="software">The version of this library.</param>
    /// <param name="rowBytes">The bytes of rows that may be in memory, by which they are shuffled in windows; null for all.</param>
    /// <exception cref="InvalidOperationException">Ranks differ; thrown on all of them alike.</exception>
    public static void Require(Communicator ranks, TrainingIdentity identity, string software, long? rowBytes)
    {
        var own = identity with { Facts = [new("version", software), new("option RowMemory.MaximumBytes", Invariant($"{rowBytes}")), .. identity.Facts] };
        string[] all = ranks.All(JsonSerializer.Serialize([.. own.Facts], RankIdentityJson.Default.ListIdentityFact));
        int other = Array.FindIndex(all, text => text != all[0]);
        if (other < 0)
            return;

        var (first, theirs) = (Of(all[0]), Of(all[other]));
        string difference = theirs.DifferenceFrom(first, "on rank 0", $"on rank {other}") ?? "the order of options";
        throw new RanksDifferException($"Communicator: the ranks train different things. Rank {other} differs from rank 0: {difference}. Run the same program with the same options on the same rows in all of them; a seed for the MLContext keeps what it draws the same.");
    }

    private static TrainingIdentity Of(string text) => new(JsonSerializer.Deserialize(text, RankIdentityJson.Default.ListIdentityFact)!);
}
