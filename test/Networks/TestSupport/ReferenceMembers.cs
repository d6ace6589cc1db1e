namespace MLExtensions.Networks.Tests;

/// <summary>Each row once for each member, times the member's factors.</summary>
internal sealed class ReferenceMemberInput(MemberInputLayer layer, int index, ReferenceNetwork network) : ReferenceLayer
{
    private readonly ReferenceMemberScaling _scaling = new(new MemberScalingLayer(layer.Members, layer.Size), index, network);

    public override double[][] Forward(double[][] rows, bool training) =>
        _scaling.Forward([.. rows.SelectMany(row => Enumerable.Repeat(row, layer.Members))], training);

    public override double[][] Backward(double[][] gradients) =>
        [.. _scaling.Backward(gradients).Chunk(layer.Members).Select(rows => rows[0].Select((_, i) => rows.Sum(row => row[i])).ToArray())];
}

internal sealed class ReferenceMemberScaling(MemberScalingLayer layer, int index, ReferenceNetwork network) : ReferenceLayer
{
    private double[][] _rows = [];

    public override double[][] Forward(double[][] rows, bool training)
    {
        _rows = rows;
        return [.. rows.Select((row, r) => row.Select((x, i) => x * Factor(r, i) + (layer.HasShift ? network.Parameters[$"{index}.shift"][At(r, i)] : 0)).ToArray())];
    }

    public override double[][] Backward(double[][] gradients)
    {
        double[] scales = new double[layer.Members * layer.Size], shifts = new double[layer.Members * layer.Size];
        for (int r = 0; r < gradients.Length; r++)
        {
            for (int i = 0; i < layer.Size; i++)
            {
                scales[At(r, i)] += gradients[r][i] * _rows[r][i];
                shifts[At(r, i)] += gradients[r][i];
            }
        }
        network.KeepGradient($"{index}.scale", scales);
        network.KeepGradient($"{index}.shift", shifts);
        return [.. gradients.Select((row, r) => row.Select((g, i) => g * Factor(r, i)).ToArray())];
    }

    private int At(int row, int value) => row % layer.Members * layer.Size + value;

    private double Factor(int row, int value) => network.Parameters[$"{index}.scale"][At(row, value)];
}

/// <summary>A linear layer for each member; in training a row for each, in scoring their mean.</summary>
internal sealed class ReferenceMemberOutput(MemberOutputLayer layer, int index, ReferenceNetwork network) : ReferenceLayer
{
    private double[][] _rows = [];

    private double[] Weight => network.Parameters[$"{index}.weight"];

    public override double[][] Forward(double[][] rows, bool training)
    {
        _rows = rows;
        double[] bias = network.Parameters[$"{index}.bias"];
        double[][] outputs = [.. rows.Select((row, r) => Enumerable.Range(0, layer.Outputs).Select(o => bias[Unit(r, o)] + row.Select((x, i) => x * Weight[Unit(r, o) * layer.Inputs + i]).Sum()).ToArray())];
        return training ? outputs : [.. outputs.Chunk(layer.Members).Select(MeanOf)];
    }

    public override double[][] Backward(double[][] gradients)
    {
        double[] weights = network.Gradients[$"{index}.weight"], biases = network.Gradients[$"{index}.bias"];
        Array.Clear(weights);
        Array.Clear(biases);
        for (int r = 0; r < gradients.Length; r++)
        {
            for (int o = 0; o < layer.Outputs; o++)
            {
                biases[Unit(r, o)] += gradients[r][o];
                for (int i = 0; i < layer.Inputs; i++)
                    weights[Unit(r, o) * layer.Inputs + i] += gradients[r][o] * _rows[r][i];
            }
        }
        return [.. gradients.Select((row, r) => Enumerable.Range(0, layer.Inputs).Select(i => row.Select((g, o) => g * Weight[Unit(r, o) * layer.Inputs + i]).Sum()).ToArray())];
    }

    private int Unit(int row, int output) => row % layer.Members * layer.Outputs + output;

    private double[] MeanOf(double[][] members)
    {
        double Mean(Func<double[], double> of) => members.Average(of);
        return [.. Enumerable.Range(0, layer.Outputs).Select(o => layer.Mean switch
        {
            EnsembleMean.Classes => Math.Log(Mean(z => Math.Exp(z[o]) / z.Sum(Math.Exp))),
            EnsembleMean.Logits => Math.Log(Mean(z => 1 / (1 + Math.Exp(-z[o])))) - Math.Log(Mean(z => 1 / (1 + Math.Exp(z[o])))),
            _ => Mean(z => z[o]),
        })];
    }
}
