using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Threading;

namespace MLExtensions.Networks.Managed;

/// <summary>Forward without dropout and with running statistics, as each member of the team does it.</summary>
internal sealed class ScoringPass(ManagedNetwork network, Batch batch) : ITeamWork
{
    /// <inheritdoc/>
    public void Execute(int member, int members)
    {
        RowRange rows = RowShares.Of(batch.Rows, member, members);
        while (RowRange.TakePortion(ref rows, out RowRange portion))
        {
            batch.GatherFeatures(portion);
            foreach (ManagedLayer layer in network.Layers)
                layer.Infer(portion);
        }
    }
}
