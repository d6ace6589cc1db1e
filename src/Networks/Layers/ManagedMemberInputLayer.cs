namespace MLExtensions.Networks.Layers;

/// <summary>Rows to those of members: y = x r.</summary>
internal sealed unsafe class ManagedMemberInputLayer : ManagedLayer
{
    private readonly int _members;
    private readonly MemberFactors _factors;
    private readonly StripMatrix? _inputGradient;

    /// <summary>Makes the layer; its parameters are zero.</summary>
    /// <param name="layer">The sizes.</param>
    /// <param name="place">Where the layer stands.</param>
    public ManagedMemberInputLayer(MemberInputLayer layer, LayerPlace place)
        : base(place.Input, new StripMatrix(checked(place.BatchRows * layer.Members), layer.Size), new StripMatrix(place.BatchRows * layer.Members, layer.Size))
    {
        _members = layer.Members;
        _factors = new MemberFactors(layer.Members, layer.Size, hasShift: false, place.BatchRows, place);
        _inputGradient = place.InputGradient;
    }

    public override void Forward(RowRange rows, int step)
    {
        for (int strip = 0; strip < Input.StripCount; strip++)
        {
            InstructionSet.Run(new ScaleMembers(
                Input.At(strip, rows.First), Output.At(strip, rows.First * _members), rows.Count, 1, _members, Input.Width, _factors.Values.At(strip, 0), null));
        }
    }

    public override void Backward(RowRange rows, int step)
    {
        for (int strip = 0; strip < Input.StripCount; strip++)
        {
            InstructionSet.Run(new ScaleMembersBackward(
                Input.At(strip, rows.First), Gradient!.At(strip, rows.First * _members), _inputGradient is null ? null : _inputGradient.At(strip, rows.First), rows.Count, 1,
                _members, Input.Width, _factors.Values.At(strip, 0), _factors.Sums.At(strip, rows.First / SliceMoments.Rows * _factors.Rows), hasShift: false));
        }
    }

    public override int ParameterRows => _factors.Rows;

    public override int ParameterRowLength => _factors.Values.StripCount * _factors.Values.Width;

    public override void Update(RowRange parameterRows, int batchRows, ParameterUpdater updater, UpdatePart part) => _factors.Update(parameterRows, batchRows, updater, part);

    public override void Import(NetworkWeights source) => _factors.Import(source);

    public override void Export(AlignedBuffer values, NetworkWeights destination) => _factors.Export(values, destination);
}

/// <summary>x r, a row for each member.</summary>
/// <param name="factors">The factors, [members x values].</param>
/// <param name="members">The number of members.</param>
internal sealed unsafe class MemberInputStep(StripMatrix factors, int members) : ScoringStep
{
    public override float* Run(float* values, float* free, int rows)
    {
        nint length = (nint)rows * factors.Width;
        for (int strip = 0; strip < factors.StripCount; strip++)
        {
            InstructionSet.Run(new ScaleMembers(
                values + strip * length, free + strip * length * members, rows, 1, members, factors.Width, factors.At(strip, 0), null));
        }
        return free;
    }
}
