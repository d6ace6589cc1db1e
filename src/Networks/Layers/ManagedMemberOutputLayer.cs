namespace MLExtensions.Networks.Layers;

/// <summary>
/// A linear layer for each member. The outputs of a row stand side by side, those of the first member first, [batch x members x outputs]; each
/// member's products are of its own rows, which lie at equal distances.
/// </summary>
internal sealed unsafe class ManagedMemberOutputLayer : ManagedLayer
{
    private readonly MemberOutputLayer _layer;
    private readonly int _index;
    private readonly int _offset;
    private readonly StripMatrix[] _weights;
    private readonly StripMatrix[] _weightGradients;
    private readonly StripMatrix[] _rowsPerOutput;
    private readonly StripMatrix[] _gradients;
    private readonly StripMatrix? _inputGradient;
    private readonly StripMatrix? _ownInputGradient;
    private readonly StripMatrix _ownOutput;
    private readonly AlignedBuffer _zeros = new(64);

    /// <summary>Makes the layer; its parameters are zero.</summary>
    /// <param name="layer">The sizes.</param>
    /// <param name="place">Where the layer stands.</param>
    public ManagedMemberOutputLayer(MemberOutputLayer layer, LayerPlace place)
        : base(place.Input, place.NewMatrix(checked(layer.Members * layer.Outputs)), place.NewMatrix(layer.Members * layer.Outputs))
    {
        (_layer, _index, _offset) = (layer, place.Index, place.Offset);
        _weights = MatricesIn(place.Store.Values);
        _weightGradients = MatricesIn(place.Store.Gradients);
        _gradients = [.. _weights.Select(_ => place.NewMatrix(layer.Outputs))];
        _ownOutput = place.NewMatrix(layer.Outputs);
        _inputGradient = place.InputGradient;
        _ownInputGradient = _inputGradient is null ? null : place.NewMatrix(layer.Inputs);
        _rowsPerOutput = _inputGradient is null ? [] : [.. _weights.Select(_ => new StripMatrix(StripMatrix.PaddedColumns(layer.Outputs), layer.Inputs))];
    }

    public override void Forward(RowRange rows, int step)
    {
        for (int member = 0; member < _layer.Members; member++)
        {
            var weights = _weights[member];
            for (int strip = 0; strip < weights.StripCount; strip++)
            {
                new MatrixProduct(
                    MemberRows.Operand(Input, rows.First, member, _layer.Members), rows.Count, _layer.Inputs,
                    (nint)weights.At(strip, 0), weights.Width, Start: (nint)weights.At(strip, _layer.Inputs), StartStride: 0,
                    (nint)_ownOutput.At(strip, rows.First)).Compute();
            }
            for (int row = rows.First; row < rows.End; row++)
                Copy(_ownOutput, row, 0, Output, row, member * _layer.Outputs, _layer.Outputs);
        }
    }

    public override void Backward(RowRange rows, int step)
    {
        for (int member = 0; member < _layer.Members; member++)
        {
            var gradient = _gradients[member];
            for (int row = rows.First; row < rows.End; row++)
                Copy(Gradient!, row, member * _layer.Outputs, gradient, row, 0, _layer.Outputs);
            if (_inputGradient is null)
                continue;

            var rowsPerOutput = _rowsPerOutput[member];
            for (int strip = 0; strip < rowsPerOutput.StripCount; strip++)
            {
                new MatrixProduct(
                    LeftOperand.Rows(gradient, rows.First), rows.Count, _layer.Outputs,
                    (nint)rowsPerOutput.At(strip, 0), rowsPerOutput.Width, Start: (nint)_zeros.Pointer, StartStride: 0,
                    (nint)_ownInputGradient!.At(strip, rows.First)).Compute();
                for (int row = rows.First; row < rows.End; row++)
                {
                    new ReadOnlySpan<float>(_ownInputGradient.At(strip, row), rowsPerOutput.Width)
                        .CopyTo(new Span<float>(_inputGradient.At(strip, row * _layer.Members + member), rowsPerOutput.Width));
                }
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>For each member one row of parameters for each input, and the bias as the last.</remarks>
    public override int ParameterRows => _layer.Members * (_layer.Inputs + 1);

    public override int ParameterRowLength => _weights[0].StripCount * _weights[0].Width;

    public override void Update(RowRange parameterRows, int batchRows, ParameterUpdater updater, UpdatePart part)
    {
        int own = _layer.Inputs + 1;
        for (int member = parameterRows.First / own; member * own < parameterRows.End; member++)
        {
            var rows = new RowRange(Math.Max(0, parameterRows.First - member * own), Math.Min(own, parameterRows.End - member * own));
            var inputs = new RowRange(rows.First, Math.Min(rows.End, _layer.Inputs));
            for (int strip = 0; strip < _weights[member].StripCount; strip++)
            {
                if (part != UpdatePart.Parameters)
                    ComputeGradients(member, strip, inputs, withBias: rows.End == own, batchRows);
                if (part == UpdatePart.Gradients)
                    continue;
                if (inputs.Count > 0)
                    updater.Update(OffsetOf(member, strip, inputs.First), inputs.Count * _weights[member].Width, _index, ParameterRole.Weight);
                if (rows.End == own)
                    updater.Update(OffsetOf(member, strip, _layer.Inputs), _weights[member].Width, _index, ParameterRole.Bias);
                CopyTransposed(member, strip, inputs);
            }
        }
    }

    public override void Refresh()
    {
        for (int member = 0; member < _layer.Members; member++)
        {
            for (int strip = 0; strip < _weights[member].StripCount; strip++)
                CopyTransposed(member, strip, new RowRange(0, _layer.Inputs));
        }
    }

    public override void Import(NetworkWeights source)
    {
        var weight = source[source.Layout.Find(_index, ParameterRole.Weight)];
        var bias = source[source.Layout.Find(_index, ParameterRole.Bias)];
        for (int member = 0; member < _layer.Members; member++)
        {
            for (int output = 0; output < _layer.Outputs; output++)
            {
                int at = member * _layer.Outputs + output;
                for (int input = 0; input < _layer.Inputs; input++)
                    _weights[member][input, output] = weight[at * _layer.Inputs + input];
                _weights[member][_layer.Inputs, output] = bias[at];
            }
        }
        Refresh();
    }

    public override void Export(AlignedBuffer values, NetworkWeights destination)
    {
        var weight = destination[destination.Layout.Find(_index, ParameterRole.Weight)];
        var bias = destination[destination.Layout.Find(_index, ParameterRole.Bias)];
        foreach (var (member, matrix) in MatricesIn(values).Index())
        {
            for (int output = 0; output < _layer.Outputs; output++)
            {
                int at = member * _layer.Outputs + output;
                for (int input = 0; input < _layer.Inputs; input++)
                    weight[at * _layer.Inputs + input] = matrix[input, output];
                bias[at] = matrix[_layer.Inputs, output];
            }
        }
    }

    private void ComputeGradients(int member, int strip, RowRange inputs, bool withBias, int batchRows)
    {
        var gradient = _gradients[member];
        foreach (StripColumns part in StripColumns.Divide(inputs, Input.Width))
        {
            new MatrixProduct(
                MemberRows.Columns(Input, part.Strip, part.Column, member, _layer.Members), part.Count, batchRows,
                (nint)gradient.At(strip, 0), gradient.Width, Start: (nint)_zeros.Pointer, StartStride: 0,
                (nint)_weightGradients[member].At(strip, part.First)).Compute();
        }
        if (withBias)
        {
            new MatrixProduct(
                LeftOperand.Ones, 1, batchRows,
                (nint)gradient.At(strip, 0), gradient.Width, Start: (nint)_zeros.Pointer, StartStride: 0,
                (nint)_weightGradients[member].At(strip, _layer.Inputs)).Compute();
        }
    }

    private void CopyTransposed(int member, int strip, RowRange inputs)
    {
        if (_rowsPerOutput.Length == 0)
            return;

        var (weights, to) = (_weights[member], _rowsPerOutput[member]);
        foreach (StripColumns part in StripColumns.Divide(inputs, to.Width))
        {
            Transpose.Copy(
                weights.At(strip, part.First), weights.Width, part.Count, weights.Width, to.At(part.Strip, strip * weights.Width) + part.Column, to.Width);
        }
    }

    private StripMatrix[] MatricesIn(AlignedBuffer values)
    {
        int length = StripMatrix.LengthOf(_layer.Inputs + 1, _layer.Outputs);
        return [.. Enumerable.Range(0, _layer.Members).Select(member => new StripMatrix(values, _offset + member * length, _layer.Inputs + 1, _layer.Outputs))];
    }

    private int OffsetOf(int member, int strip, int row)
    {
        var weights = _weights[member];
        return checked((int)(weights.Offset + strip * weights.StripLength + row * weights.Width));
    }

    private static void Copy(StripMatrix from, int fromRow, int fromColumn, StripMatrix to, int toRow, int toColumn, int count)
    {
        for (int i = 0; i < count; i++)
            to[toRow, toColumn + i] = from[fromRow, fromColumn + i];
    }
}

/// <summary>The outputs of all members, averaged.</summary>
/// <param name="members">The weights of each, transposed, and its bias as last row, [inputs + 1 x outputs].</param>
/// <param name="mean">What is averaged.</param>
internal sealed unsafe class MemberOutputStep(StripMatrix[] members, EnsembleMean mean) : ScoringStep
{
    private const int FewOutputs = 128;

    private readonly int _inputs = members[0].Rows - 1;
    private readonly int _inputWidth = StripMatrix.WidthOf(members[0].Rows - 1);

    /// <summary>The room that a row needs: its outputs, and those of each member.</summary>
    public static int WidthOf(MemberOutputLayer layer) => checked((layer.Members + 1) * StripMatrix.PaddedColumns(layer.Outputs));

    /// <remarks>Behind the means stand the outputs of each member.</remarks>
    public override float* Run(float* values, float* free, int rows)
    {
        int outputs = members[0].Columns, width = members[0].Width, count = members.Length;
        nint length = (nint)rows * width * members[0].StripCount;
        float* own = free + length;
        for (int member = 0; member < count; member++)
        {
            var weights = members[member];
            var input = new LeftOperand((nint)(values + member * _inputWidth), count * _inputWidth, 1, _inputWidth, (nint)rows * count * _inputWidth);
            for (int strip = 0; strip < weights.StripCount; strip++)
            {
                new MatrixProduct(
                    input, rows, _inputs, (nint)weights.At(strip, 0), width, Start: (nint)weights.At(strip, _inputs), StartStride: 0,
                    (nint)(own + member * length + (nint)strip * rows * width)).Compute();
            }
        }

        Span<float> row = outputs <= FewOutputs ? stackalloc float[outputs] : new float[outputs];
        Span<double> sums = outputs <= FewOutputs ? stackalloc double[MemberMeans.LengthFor(outputs)] : new double[MemberMeans.LengthFor(outputs)];
        for (int i = 0; i < rows; i++)
        {
            var means = new MemberMeans(mean, sums);
            for (int member = 0; member < count; member++)
            {
                for (int output = 0; output < outputs; output++)
                    row[output] = own[member * length + PlaceOf(i, output, rows, width)];
                means.Add(row);
            }
            means.CopyTo(row);
            for (int output = 0; output < outputs; output++)
                free[PlaceOf(i, output, rows, width)] = row[output];
        }
        return free;
    }

    private static nint PlaceOf(int row, int output, int rows, int width) => (nint)(output / width) * rows * width + (nint)row * width + output % width;
}
