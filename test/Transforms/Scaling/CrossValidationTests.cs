using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

/// <summary>Scaling inside cross-validation sees the training rows of its fold and nothing else.</summary>
[TestClass]
public sealed class CrossValidationTests
{
    private const int Folds = 5;

    private readonly MLContext _ml = new(seed: 3);

    [TestMethod]
    public void CrossValidate_EveryFold_FitsToItsTrainingRowsOnly()
    {
        var data = Load();
        var pipeline = _ml.Transforms.ScaleStandard("Scaled", "Value").Append(_ml.Transforms.ScaleMinMax("Bounded", "Value"))
            .Append(_ml.Transforms.CopyColumns("Score", "Scaled"));

        var results = _ml.Regression.CrossValidate(data, pipeline, Folds);

        var splits = _ml.Data.CrossValidationSplit(data, Folds);
        results.Should().HaveCount(Folds);
        foreach (var (result, split) in results.Zip(splits))
        {
            double[] training = [.. split.TrainSet.GetColumn<float>("Value").Select(value => (double)value)];
            var chain = (IEnumerable<ITransformer>)result.Model;
            var standard = chain.OfType<StandardScalingTransformer>().Single().GetParameters("Scaled");
            var minMax = chain.OfType<MinMaxScalingTransformer>().Single().GetParameters("Bounded");

            double mean = training.Average();
            standard.Means.Single().Should().BeApproximately(mean, 1e-12);
            standard.StandardDeviations.Single().Should().BeApproximately(Math.Sqrt(training.Average(value => (value - mean) * (value - mean))), 1e-12);
            (minMax.Minima.Single(), minMax.Maxima.Single()).Should().Be((training.Min(), training.Max()));
        }
        results.Select(result => ((IEnumerable<ITransformer>)result.Model).OfType<StandardScalingTransformer>().Single().GetParameters("Scaled").Means.Single())
            .Should().OnlyHaveUniqueItems("every fold has training rows of its own");
    }

    private IDataView Load()
    {
        var random = new Random(11);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(_ => new Row { Value = (float)(random.NextDouble() * 100), Label = (float)random.NextDouble() }).ToArray());
    }

    private sealed class Row
    {
        public float Value { get; set; }

        public float Label { get; set; }
    }
}
