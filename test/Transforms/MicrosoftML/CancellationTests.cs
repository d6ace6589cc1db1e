using System.Reflection;
using Microsoft.ML;
using MLExtensions.Pipeline;

namespace MLExtensions.Transforms.Tests.MicrosoftML;

[TestClass]
public sealed class CancellationTests
{
    [TestMethod]
    public void IsCanceled_AfterTheContextWasCanceled_IsTrueForHostsRegisteredBefore()
    {
        var ml = new MLContext(seed: 1);
        var host = HostEnvironments.Of(ml.Transforms).Register("test");

        // ML.NET keeps the method to itself and its own tools.
        typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(ml, null);

        HostEnvironments.IsCanceled(host).Should().BeTrue();
    }
}
