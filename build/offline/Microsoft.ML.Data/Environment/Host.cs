namespace Microsoft.ML.Runtime;

internal sealed class Host : EnvironmentBase, IHost
{
    public Host(EnvironmentBase parent, string name, Random random)
        : base(parent, name, random)
    {
    }

    public Random Rand => Random;
}
