using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Noise;
using MLExtensions.Networks.Randomness;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Tests;

/// <summary>The masks that the engine's dropout uses, for the reference to use the same.</summary>
internal static class DropoutMasks
{
    /// <summary>The factor of one value.</summary>
    public static double Factor(NetworkDescription network, int seed, int step, int layer, int row, int unit)
    {
        int columns = ColumnsAt(network, layer);
        float rate = ((DropoutLayer)network.Layers[layer]).Rate;
        return Row(rate, RandomStream.Key(seed, "dropout"), layer, step, row, columns)[unit];
    }

    /// <summary>The factor of one weight in DropConnect.</summary>
    public static double WeightFactor(NetworkDescription network, int seed, int step, int layer, int output, int input)
    {
        var linear = (LinearLayer)network.Layers[layer];
        return Row(linear.DropConnectRate, RandomStream.Key(seed, "drop-connect"), layer, step, input, linear.Outputs)[output];
    }

    /// <summary>The factors of one row.</summary>
    public static unsafe float[] Row(float rate, ulong key, int layer, int step, int row, int columns)
    {
        int padded = (columns + 15) / 16 * 16;
        var ones = new AlignedBuffer(padded);
        ones.Span.Fill(1f);
        InstructionSet.Run(new DropoutMask(rate, key, layer).ForStep(
            step, new RowRange(row, row + 1), 0, columns, ones.Pointer, ones.Pointer, padded));
        float[] factors = ones.Span[..columns].ToArray();

        // Neither a pointer nor a span keeps the buffer from being collected.
        GC.KeepAlive(ones);
        return factors;
    }

    private static int ColumnsAt(NetworkDescription network, int layer)
    {
        int columns = network.Inputs;
        foreach (Layer before in network.Layers.Take(layer))
            columns = before is LinearLayer linear ? linear.Outputs : before is MaxoutLayer maxout ? maxout.Units : columns;
        return columns;
    }
}
