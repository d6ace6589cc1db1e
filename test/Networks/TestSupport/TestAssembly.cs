using System.Globalization;

namespace MLExtensions.Networks.Tests;

[TestClass]
public static class TestAssembly
{
    /// <summary>Messages write numbers as the present culture does; tests expect one culture.</summary>
    [AssemblyInitialize]
    public static void UseInvariantCulture(TestContext _) => CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
}
