namespace MLExtensions.Networks.Managed;

/// <summary>One training step, as phases that threads share: rows forward and backward, or units of one layer after the other, then the parameters of every layer.</summary>
internal sealed partial class TrainingPass
{
    // A piece of parameters has at least so much arithmetic, about 0.1 ms: threads take pieces one by one, and each has its price.
    private const long ProductsOfPiece = 1 << 22;
    private const int PiecesOfMember = 4;

    private readonly ManagedNetwork _network;
    private readonly Batch _batch;
    private readonly ManagedLoss _loss;
    private readonly BatchAugmentation? _augmentation;
    private readonly int _portionRows;
    private readonly TeamPhase[] _step;
    private readonly TeamPhase[]? _stepByUnits;
    private readonly TeamPhase[] _gradients;
    private readonly TeamPhase[] _statistics;
    private int _rowParts;
    private int _pieces;

    /// <summary>Plans the phases.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">The rows of the step.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="updateWith">Makes the end of a step of how parameters are cut into pieces.</param>
    /// <param name="augmentation">What changes the rows; null for nothing.</param>
    public TrainingPass(ManagedNetwork network, Batch batch, ManagedLoss loss, Func<IUpdateShares, PhasedUpdate> updateWith, BatchAugmentation? augmentation)
    {
        PhasedUpdate update = updateWith(network.UpdateShares);
        (_network, _batch, _loss, _augmentation) = (network, batch, loss, augmentation);
        _portionRows = MemberRows.PortionOf(network.Members);

        TeamPhase[] toStatistics = [.. Preparation(), .. ForwardStages()];
        TeamPhase[] toGradients = [.. toStatistics, LastStage(), .. BackwardStages()];
        _statistics = toStatistics;
        _step = [.. toGradients, .. update.Phases(() => batch.Rows, () => _pieces)];
        _gradients = [.. toGradients, .. update.Gradients(() => batch.Rows, () => _pieces)];

        _stepByUnits = UnitPlan.Of(network.Layers) is { } plan ? StepByUnits(plan, updateWith) : null;
    }

    /// <summary>Whether members can share the units of layers in place of rows.</summary>
    public bool CanShareUnits => _stepByUnits is not null;

    /// <summary>The number of the step, from 0.</summary>
    public int Step { get; set; }

    /// <summary>How far to go.</summary>
    public TrainingPart Part { get; set; }

    /// <summary>How the team does the step. To be set once the rows of the step are chosen, as what it has to do is divided by then.</summary>
    public TeamShape Shape
    {
        get;
        set
        {
            field = value;
            _rowParts = PartsOfRows(value.Members);
            _pieces = PiecesOfParameters(value.Members);
        }
    }

    /// <summary>The phases as far as is asked for.</summary>
    public IReadOnlyList<TeamPhase> Phases => Part switch
    {
        TrainingPart.Step => Shape.SharesUnits ? _stepByUnits! : _step,
        TrainingPart.Gradients => _gradients,
        _ => _statistics,
    };

    private IEnumerable<TeamPhase> Preparation()
    {
        if (_network.NeedsPreparation)
            yield return new(() => _pieces, piece => _network.UpdateShares.PrepareStep(piece, _pieces, Step, addNoise: Part != TrainingPart.Statistics));
    }

    // Every stage but the first begins with statistics of all rows, which end the one before.
    private IEnumerable<TeamPhase> ForwardStages()
    {
        for (int i = 0; i < _network.Stages.Length - 1; i++)
        {
            int stage = i;
            ManagedBatchNormalizationLayer following = _network.Stages[stage + 1].Opening!;
            yield return ByRows(portion =>
            {
                Forward(stage, portion);
                following.SumForward(portion);
            }, following.FinishForward);
        }
    }

    private TeamPhase LastStage()
    {
        int last = _network.Stages.Length - 1;
        return ByRows(portion =>
        {
            Forward(last, portion);
            ComputeLoss(portion);
            Backward(last, portion);
        }, _network.Stages[last].Opening?.FinishBackward);
    }

    private IEnumerable<TeamPhase> BackwardStages()
    {
        for (int i = _network.Stages.Length - 2; i >= 0; i--)
        {
            int stage = i;
            ManagedBatchNormalizationLayer following = _network.Stages[stage + 1].Opening!;
            yield return ByRows(portion =>
            {
                following.Backward(portion, Step);
                Backward(stage, portion);
            }, _network.Stages[stage].Opening?.FinishBackward);
        }
    }

    private TeamPhase ByRows(Action<RowRange> work, Action? finish = null) => new(() => _rowParts, part =>
    {
        RowRange rows = RowShares.Of(_batch.Rows, part, _rowParts);
        while (RowRange.TakePortion(ref rows, _portionRows, out RowRange portion))
            work(portion);
    }, finish);

    // Portions, as many for each member as for any other.
    private int PartsOfRows(int members)
    {
        int portions = (_batch.Rows + _portionRows - 1) / _portionRows;
        int most = PartTickets.MaximumParts / members;
        return members == 1 ? 1 : Math.Min(most, (portions + members - 1) / members) * members;
    }

    private int PiecesOfParameters(int members)
    {
        long products = _network.UpdateShares.Total * _batch.Rows * _network.Members;
        return members == 1 ? 1 : members * (int)Math.Clamp(products / (members * ProductsOfPiece), 1, PiecesOfMember);
    }

    private void Gather(RowRange rows)
    {
        _batch.GatherFeatures(rows);
        _batch.GatherTargets(rows);
        // Statistics are for scoring, where rows come as they are.
        if (Part != TrainingPart.Statistics)
            _augmentation?.Apply(rows);
    }

    private void ComputeLoss(RowRange rows)
    {
        if (_augmentation is null)
            _loss.Compute(rows);
        else
            _augmentation.ComputeLoss(_loss, rows);
    }

    private void Forward(int stage, RowRange rows)
    {
        if (stage == 0)
            Gather(rows);
        _network.Stages[stage].Opening?.Forward(rows, Step);
        foreach (ManagedLayer layer in _network.Stages[stage].Layers)
            layer.Forward(MemberRows.Of(rows, layer.RowFactor), Step);
    }

    private void Backward(int stage, RowRange rows)
    {
        ManagedLayer[] layers = _network.Stages[stage].Layers;
        for (int i = layers.Length - 1; i >= 0; i--)
            layers[i].Backward(MemberRows.Of(rows, layers[i].RowFactor), Step);
        _network.Stages[stage].Opening?.SumBackward(rows);
    }
}
