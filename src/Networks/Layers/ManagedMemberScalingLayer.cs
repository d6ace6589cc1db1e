namespace MLExtensions.Networks.Layers;

/// <summary>x s + b for rows of members; gradients pass in place.</summary>
internal sealed unsafe class ManagedMemberScalingLayer : ManagedLayer
{
    private readonly int _members;
    private readonly MemberFactors _factors;

    /// <summary>Makes the layer; its parameters are zero.</summary>
    /// <param name="layer">The sizes.</param>
    /// <param name="place">Where the layer stands.</param>
    public ManagedMemberScalingLayer(MemberScalingLayer layer, LayerPlace place)
        : base(place.Input, place.NewMatrix(layer.Size), place.InputGradient ?? place.NewMatrix(layer.Size))
    {
        _members = layer.Members;
        _factors = new MemberFactors(layer.Members, layer.Size, layer.HasShift, place.BatchRows / layer.Members, place);
    }

    public override void Forward(RowRange rows, int step)
    {
        for (int strip = 0; strip < Input.StripCount; strip++)
        {
            InstructionSet.Run(new ScaleMembers(
                Input.At(strip, rows.First), Output.At(strip, rows.First), rows.Count / _members, _members, _members, Input.Width,
                _factors.Values.At(strip, 0), _factors.HasShift ? _factors.Values.At(strip, _members) : null));
        }
    }

    public override void Backward(RowRange rows, int step)
    {
        for (int strip = 0; strip < Input.StripCount; strip++)
        {
            float* gradient = Gradient!.At(strip, rows.First);
            int slice = rows.First / _members / SliceMoments.Rows;
            InstructionSet.Run(new ScaleMembersBackward(
                Input.At(strip, rows.First), gradient, gradient, rows.Count / _members, _members, _members, Input.Width,
                _factors.Values.At(strip, 0), _factors.Sums.At(strip, slice * _factors.Rows), _factors.HasShift));
        }
    }

    public override int ParameterRows => _factors.Rows;

    public override int ParameterRowLength => _factors.Values.StripCount * _factors.Values.Width;

    public override void Update(RowRange parameterRows, int batchRows, ParameterUpdater updater, UpdatePart part) =>
        _factors.Update(parameterRows, batchRows / _members, updater, part);

    public override void Import(NetworkWeights source) => _factors.Import(source);

    public override void Export(AlignedBuffer values, NetworkWeights destination) => _factors.Export(values, destination);
}

/// <summary>x s + b, in place.</summary>
/// <param name="factors">The factors and, behind them, the summands, a row for each member.</param>
/// <param name="members">The number of members.</param>
internal sealed unsafe class MemberScalingStep(StripMatrix factors, int members) : ScoringStep
{
    public override float* Run(float* values, float* free, int rows)
    {
        for (int strip = 0; strip < factors.StripCount; strip++)
        {
            float* at = values + (nint)strip * rows * factors.Width;
            InstructionSet.Run(new ScaleMembers(
                at, at, rows / members, members, members, factors.Width, factors.At(strip, 0), factors.Rows > members ? factors.At(strip, members) : null));
        }
        return values;
    }
}
