using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Samples;

/// <summary>A learning rate that goes up and down, on the iris data.</summary>
internal static class OwnSchedule
{
    public static void Run()
    {
        Report.Heading("Iris with a schedule of one's own");
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromTextFile<Flower>(Path.Combine(AppContext.BaseDirectory, "iris.csv"), separatorChar: ',', hasHeader: true);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.3);

        var prepare = ml.Transforms.ScaleStandard("Features").Append(ml.Transforms.Conversion.MapValueToKey("Label", "Species"));
        var prepared = prepare.Fit(split.TrainSet);
        var trainer = ml.MulticlassClassification.Trainers.DeepMlp(new DeepMlpOptions
        {
            HiddenLayers = [32],
            NumberEmbedding = null,                                          // rates as high as these are for plain numbers
            NumberOfEpochs = 40,
            EarlyStopping = null,
            Optimizer = new SgdOptions { LearningRate = 0.3f, Momentum = 0.9f },
            LearningRateSchedule = new TriangleSchedule(Cycle: 10).WithWarmUp(2),   // own ones compose like built-in ones
        });
        var model = trainer.Fit(prepared.Transform(split.TrainSet));

        foreach (var epoch in model.History.Epochs.Where(epoch => epoch.Epoch % 4 == 0))
            Report.Line($"epoch {epoch.Epoch,2}: learning rate {epoch.LearningRate:F3}, training loss {epoch.TrainingLoss:F3}");

        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(prepared.Transform(split.TestSet)));
        Report.Line($"accuracy on test rows: {metrics.MicroAccuracy:F3}");
    }

    /// <summary>Cyclical learning rates (Smith 2015, arXiv 1506.01186): up and down between a tenth of the rate and the rate.</summary>
    /// <param name="Cycle">The epochs from one trough to the next.</param>
    private sealed record TriangleSchedule(double Cycle) : Schedule
    {
        public override double FactorAt(SchedulePoint point)
        {
            double phase = point.Epoch % Cycle / Cycle;
            return 0.1 + 0.9 * (1 - Math.Abs(2 * phase - 1));
        }
    }
}
