using MLExtensions.Networks.Managed;

namespace MLExtensions.Networks.Tests;

internal sealed partial class TestProblem
{
    public ManagedSession Open(EngineSettings settings, int threads = 1)
    {
        var session = (ManagedSession)new ManagedEngine { Threads = threads }.Open(Network, Data, settings);
        session.SetWeights(Start);
        session.FixedTeamSize = threads;
        return session;
    }
}
