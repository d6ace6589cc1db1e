namespace MLExtensions.Networks.Experiments;

/// <summary>
/// A few rows that are trained on alone, all in each step, without anything that holds the network back: a network that learns anything learns
/// these by heart.
/// </summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Steps">The steps that were taken.</param>
/// <param name="Metric">The metric on them at its best.</param>
/// <param name="ConstantMetric">That of the best prediction that is the same for all.</param>
/// <param name="Learned">Whether they were learned: all classes right but one, or a tenth of the variance left.</param>
internal sealed record SubsetExperiment(int Rows, int Steps, double Metric, double ConstantMetric, bool Learned)
{
    private const int MostRows = 32;
    private const int FewestRows = 4;

    // Of a network with few parameters, rows are so few that it has these many for each.
    private const int ParametersOfRow = 50;

    private const int MostSteps = 600;

    // Of the error of the constant prediction: a tenth of the variance. Of classes a row in 32.
    private const double Left = 0.32;

    /// <summary>Makes the experiment; null where there are too few rows that differ.</summary>
    /// <param name="plan">The training.</param>
    /// <param name="rates">The learning rates to try, one after the other.</param>
    /// <param name="train">Trains until told that it is enough.</param>
    public static SubsetExperiment? Run(TrainingPlan plan, IEnumerable<float> rates, Func<TrainingPlan, Func<EpochReport, bool>, TrainedWeights?> train)
    {
        int wanted = Math.Clamp(new ParameterLayout(plan.Network).TrainedLength / ParametersOfRow, FewestRows, MostRows);
        int[] rows = Choose(plan, wanted);
        if (rows.Length < FewestRows)
            return null;

        plan = plan with { Evaluator = plan.Evaluator.With(plan.Evaluator.TaskMetric) };
        bool higherIsBetter = plan.Evaluator.HigherMetricIsBetter;
        double constant = higherIsBetter ? 0 : ConstantError(plan, rows);
        if (!higherIsBetter && !(constant > 0))
            return null;
        double enough = higherIsBetter ? 1 - 1.0 / MostRows : Left * constant;
        double best = higherIsBetter ? double.NegativeInfinity : double.PositiveInfinity;
        int steps = 0;
        foreach (float rate in rates)
        {
            train(Alone(plan, rows, rate), Note);
            if (IsEnough(best))
                break;
        }
        return double.IsFinite(best) ? new(rows.Length, steps, best, constant, IsEnough(best)) : null;

        bool IsEnough(double metric) => higherIsBetter ? metric >= enough : metric <= enough;

        bool Note(EpochReport report)
        {
            steps++;
            if (report.ValidationMetric is not { } metric)
                return true;
            best = higherIsBetter ? Math.Max(best, metric) : Math.Min(best, metric);
            return IsEnough(best);
        }
    }

    private static TrainingPlan Alone(TrainingPlan plan, int[] rows, float rate) => plan with
    {
        Split = new RowSplit(rows, rows),
        Strata = null,
        TimeLimit = null,
        Options = plan.Options with
        {
            Optimizer = plan.Options.Optimizer with { LearningRate = rate },
            LearningRateSchedule = Schedule.Constant,
            DropoutSchedule = new ZeroSchedule(),
            WeightDecaySchedule = new ZeroSchedule(),
            InputNoise = 0,
            WeightNoise = 0,
            RowMixing = null,
            WeightAveraging = null,
            BatchSize = plan.Options.Optimizer.TakesAllRows ? null : rows.Length,
            BatchGrowth = null,
            DropLastBatch = false,
            StratifiedBatches = false,
            EarlyStopping = null,
            NumberOfEpochs = MostSteps,
            MeasureTraining = false,
            Diagnostics = null,
        },
    };

    // Rows with the same features may have labels that contradict one another.
    private static int[] Choose(TrainingPlan plan, int count)
    {
        int[] training = [.. plan.Split.Training];
        new RandomStream(plan.Seed, "subset").Shuffle<int>(training);
        var seen = new HashSet<string>();
        var rows = new List<int>();
        float[] features = new float[plan.Data.FeatureCount];
        foreach (int row in training.Take(10 * count))
        {
            plan.Data.Features.Gather([row], features);
            if (rows.Count < count && !plan.Data.Targets.AsSpan(row * plan.Data.TargetCount, plan.Data.TargetCount).Contains(float.NaN) && (plan.Data.Weights?[row] ?? 1) > 0 && seen.Add(string.Join(' ', features)))
                rows.Add(row);
        }
        return [.. rows];
    }

    // The metric of outputs that are 0, which are the mean where labels are standardized, or of the mean itself.
    private static double ConstantError(TrainingPlan plan, int[] rows)
    {
        var data = plan.Data;
        int outputsOfTarget = plan.Network.Outputs / data.TargetCount;
        double[] means = [.. Enumerable.Range(0, data.TargetCount).Select(target => rows.Average(row => (double)data.Targets[row * data.TargetCount + target]))];
        float[] outputs = [.. means.SelectMany(mean => Enumerable.Repeat((float)(plan.Evaluator.Loss.HasLogLink ? Math.Log(Math.Max(mean, 1e-6)) : mean), outputsOfTarget))];
        return plan.Evaluator.OfConstant(outputs, rows).Metric;
    }
}
