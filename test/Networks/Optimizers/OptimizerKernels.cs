using System.Text.Json;
using MLExtensions.Networks.Optimizers;

namespace MLExtensions.Networks.Tests;

/// <summary>Runs an optimizer on given gradients.</summary>
internal static class OptimizerKernels
{
    /// <summary>The weights after each step.</summary>
    public static unsafe List<float[]> Run(
        OptimizerOptions options, float[] start, IEnumerable<float[]> gradients, float learningRate,
        float l1 = 0, float l2 = 0, bool isWeight = true, float factor = 1)
    {
        int padded = (start.Length + 15) / 16 * 16;
        var parameters = new ParameterStore(padded);
        start.CopyTo(parameters.Values.Span);
        var optimizer = options.Open(new OptimizerSetup(parameters, new Penalty(l1, l2), []))!;
        var steps = new List<float[]>();
        foreach (float[] gradient in gradients)
        {
            gradient.CopyTo(parameters.Gradients.Span);
            optimizer.BeginStep(learningRate);
            optimizer.Update(0, padded, new ParameterGroup(factor, isWeight), parameters.Values.Pointer);
            parameters.Values.Span[start.Length..].ToArray().Should().OnlyContain(w => w == 0, "padding must stay zero");
            steps.Add(parameters.Values.Span[..start.Length].ToArray());
        }

        return steps;
    }

    /// <summary>Holds an optimizer against PyTorch's steps of the same name.</summary>
    public static void ShouldFollowPyTorch(string name, OptimizerOptions options, float l2 = 0) =>
        ShouldFollow(PyTorchValues.Element("optimizers"), name, options, l2);

    /// <summary>Holds an optimizer against the stored steps of a name.</summary>
    public static void ShouldFollow(JsonElement stored, string name, OptimizerOptions options, float l2 = 0)
    {
        float[] start = Floats(stored.GetProperty("start"));
        float[][] gradients = [.. stored.GetProperty("gradients").EnumerateArray().Select(Floats)];
        double[][] expected = [.. stored.GetProperty("steps").GetProperty(name).EnumerateArray().Select(PyTorchValues.Doubles)];

        List<float[]> actual = Run(options, start, gradients, (float)stored.GetProperty("learning_rate").GetDouble(), l2: l2);

        for (int step = 0; step < expected.Length; step++)
            Tolerances.ShouldBeClose(actual[step], expected[step], Tolerances.PyTorch, $"weights after step {step + 1}");
    }

    private static float[] Floats(JsonElement element) => Array.ConvertAll(PyTorchValues.Doubles(element), x => (float)x);
}
