using MLExtensions.Networks.Optimizers;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class SubnormalTests
{
    public static IEnumerable<object[]> Optimizers =>
    [
        [new AdamOptions()],
        [new AdamWOptions()],
        [new SgdOptions { Momentum = 0.9f }],
        [new RmsPropOptions { Momentum = 0.9f }],
        [new AdamOptions { AmsGrad = true }],
        [new NAdamOptions()],
        [new RAdamOptions()],
        [new AdamaxOptions()],
        [new AdadeltaOptions()],
    ];

    /// <summary>
    /// A dead unit's gradients are zero for good, and averages of them decay. 0.9⁸⁵⁰ x 0.001 is a subnormal number, with
    /// which some processors take a hundred times as long as with zero.
    /// </summary>
    [TestMethod]
    [DynamicData(nameof(Optimizers))]
    public unsafe void Update_GradientStaysZero_AverageBecomesZero(OptimizerOptions options)
    {
        var parameters = new ParameterStore(16);
        var optimizer = options.Open(new OptimizerSetup(parameters, default, []))!;
        for (int step = 0; step < 850; step++)
        {
            parameters.Gradients.Span[0] = step == 0 ? 1e-3f : 0;
            optimizer.BeginStep(1);
            optimizer.Update(0, 16, new ParameterGroup(1, IsPenalized: true), parameters.Values.Pointer);
        }

        // A rate this large makes even the smallest average show.
        parameters.Values.Span.Clear();
        optimizer.BeginStep(1e38f);
        optimizer.Update(0, 16, new ParameterGroup(1, IsPenalized: true), parameters.Values.Pointer);

        parameters.Values.Span[0].Should().Be(0);
    }
}
