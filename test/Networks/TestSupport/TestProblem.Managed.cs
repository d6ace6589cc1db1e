using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Threading;

namespace MLExtensions.Networks.Tests;

internal sealed partial class TestProblem
{
    public ManagedSession Open(EngineSettings settings, int threads = 1, bool sharesUnits = false)
    {
        var session = (ManagedSession)new ManagedEngine { Threads = threads }.Open(Network, Data, settings);
        session.SetWeights(Start);
        session.Team.Fixed = threads > 0 ? new TeamShape(threads, sharesUnits) : null;
        return session;
    }
}
