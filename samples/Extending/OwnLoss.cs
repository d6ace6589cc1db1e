using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Samples;

/// <summary>What if a price that is too high costs more than one that is too low? A loss of one's own, and quantiles for a range.</summary>
internal static class OwnLoss
{
    public static void Run()
    {
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromTextFile<District>(Path.Combine(AppContext.BaseDirectory, "california-housing.csv"), separatorChar: ',', hasHeader: true);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);
        float[] values = [.. split.TestSet.GetColumn<float>("MedianHouseValue")];

        // A model per loss; 15 epochs show the difference.
        T[] Train<T>(Loss loss)
        {
            var model = ml.Transforms.ScaleStandard("Features")
                .Append(ml.Regression.Trainers.DeepMlp(new DeepMlpOptions { LabelColumnName = "MedianHouseValue", HiddenLayers = [64, 32], NumberOfEpochs = 15, Loss = loss }))
                .Fit(split.TrainSet);
            return [.. model.Transform(split.TestSet).GetColumn<T>("Score")];
        }

        Report.Heading("Share of the test districts whose value is predicted too high");
        double ShareTooHigh(float[] scores) => scores.Zip(values, (score, value) => score > value ? 1.0 : 0).Average();
        Report.Line($"squared error {ShareTooHigh(Train<float>(Loss.SquaredError)):F3}");
        Report.Line($"own loss {ShareTooHigh(Train<float>(new CustomLoss(new CarefulLoss()))):F3}");

        Report.Heading("Share of the test districts between the scores of two quantiles");
        float[][] ranges = Train<float[]>(new QuantileLoss(0.05f, 0.95f));
        Report.Line($"from 0.05 to 0.95: {ranges.Zip(values, (range, value) => range[0] <= value && value <= range[1] ? 1.0 : 0).Average():F3}");
    }

    /// <summary>The squared error, four times as much where the output is too high.</summary>
    private sealed class CarefulLoss : ILossFunction
    {
        public LossTasks Tasks => LossTasks.Regression;

        public double Compute(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
        {
            double error = (double)outputs[0] - targets[0];
            double cost = error > 0 ? 4 : 1;
            gradient[0] = (float)(2 * cost * error);
            return cost * error * error;
        }
    }

    private sealed class District
    {
        // MedInc, HouseAge, AveRooms, AveBedrms, Population, AveOccup, Latitude, Longitude
        [LoadColumn(0, 7), VectorType(8)]
        public float[] Features { get; set; } = [];

        [LoadColumn(8)]
        public float MedianHouseValue { get; set; }
    }
}
