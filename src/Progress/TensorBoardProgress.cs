namespace MLExtensions.Progress;

/// <summary>
/// Writes trainings as event files, which TensorBoard and what else reads its format shows as curves, also while they grow: <c>tensorboard --logdir folder</c>.
/// Each training is a run, a folder of its own, such as <c>fit-2</c> or <c>fit-1-member-3-refit</c>; one that is there already is not written to, but <c>fit-2_2</c>. A title stands in front.
/// </summary>
/// <remarks>
/// Scalars by epoch: <c>loss/training</c>, <c>loss/validation</c>, <c>loss/training_measured</c>, <c>metric/validation</c> and <c>metric/training</c> (with the name
/// of the metric in place of the word, as in <c>RMSE/validation</c>), <c>error/training</c>, <c>error/validation</c>, <c>learning_rate</c>; whatever of them there is. With
/// <see cref="MlpOptions.Diagnostics"/> also those of each layer, such as <c>gradient_norm/0_linear</c>, <c>update_ratio/0_linear</c> and <c>dead_share/1_relu</c>. By step, where asked for: <c>step/loss</c>, <c>step/learning_rate</c>.
/// </remarks>
public sealed class TensorBoardProgress : TrainingMonitor
{
    private readonly string _folder;

    /// <summary>Writes trainings to a folder.</summary>
    /// <param name="folder">The folder, which is made with the first training; runs are folders in it.</param>
    public TensorBoardProgress(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);

        _folder = folder;
    }

    /// <summary>Whether each step is written, too; false by default. It takes some microseconds a step, which small networks feel.</summary>
    public bool WithSteps { get; init; }

    /// <inheritdoc/>
    public override TrainingTrack Begin(TrainingStart start)
    {
        ArgumentNullException.ThrowIfNull(start);

        return new Track(new EventFile(NewFolder(start)), start, WithSteps);
    }

    private string NewFolder(TrainingStart start)
    {
        string title = start.Title is null ? "" : $"{string.Concat(start.Title.Select(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' ? letter : '_'))}-";
        string name = Invariant($"{title}fit-{start.Fit}{(start.Members > 1 ? $"-member-{start.Member}" : "")}{(start.IsRefit ? "-refit" : "")}");
        string folder = Path.Combine(_folder, name);
        for (int copy = 2; Directory.Exists(folder); copy++)
            folder = Path.Combine(_folder, Invariant($"{name}_{copy}"));
        return folder;
    }

    private sealed class Track(EventFile file, TrainingStart start, bool withSteps) : TrainingTrack
    {
        private readonly string _metric = start.MetricName.Replace(' ', '_');
        private long _steps;

        public override bool WantsSteps => withSteps;

        public override void Report(StepReport step) => file.Write(_steps++, [("step/loss", step.Loss), ("step/learning_rate", step.LearningRate)]);

        public override void Report(EpochReport epoch)
        {
            (string Tag, double? Value)[] scalars =
            [
                ("loss/training", epoch.TrainingLoss),
                ("loss/validation", epoch.ValidationLoss),
                ("loss/training_measured", epoch.MeasuredTrainingLoss),
                ($"{_metric}/validation", epoch.ValidationMetric),
                ($"{_metric}/training", epoch.TrainingMetric),
                ("error/training", epoch.TrainingError),
                ("error/validation", epoch.ValidationError),
                ("learning_rate", epoch.LearningRate),
            ];
            file.Write(epoch.Epoch, scalars.Concat(OfLayers(epoch)).Where(scalar => scalar.Value is not null).Select(scalar => (scalar.Tag, scalar.Value!.Value)));
            file.Flush();
        }

        private static IEnumerable<(string Tag, double? Value)> OfLayers(EpochReport epoch) =>
            from layer in epoch.Layers ?? []
            from measure in LayerMeasures.All
            select ($"{measure.Name}/{layer.Name.Replace(' ', '_')}", measure.Of(layer));

        public override void Dispose()
        {
            file.Dispose();
            base.Dispose();
        }
    }
}
