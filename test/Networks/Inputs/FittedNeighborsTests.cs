using MLExtensions.Networks.Inputs;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Networks.Tests.Inputs;

[TestClass]
public sealed class FittedNeighborsTests
{
    private const int Rows = 60;

    [TestMethod]
    public void Apply_RowThatIsNotTrainedOn_HasTheMeanOfItsNearestTrainingRows()
    {
        var data = Block(width: 2, seed: 1);
        int[] training = [.. Enumerable.Range(0, 50)];

        var behind = Fit(new() { Neighbors = 3 }, data, training);

        for (int row = 50; row < Rows; row++)
        {
            int own = row;
            double expected = training.OrderBy(other => Distance(data, own, other)).Take(3).Average(other => data.Targets[other]);
            MeanOf(behind, row).Should().BeApproximately(expected, 1e-5);
        }
    }

    [TestMethod]
    public void Apply_TrainingRow_SeesNothingOfItsOwnLabel()
    {
        var data = Block(width: 2, seed: 1);
        int[] training = [.. Enumerable.Range(0, 50)];
        var behind = Fit(new() { Neighbors = 3 }, data, training);

        foreach (int row in training.Take(10))
        {
            float[] targets = [.. data.Targets];
            targets[row] += 1000;
            MeanOf(Fit(new() { Neighbors = 3 }, data with { Targets = targets }, training), row).Should().BeApproximately(MeanOf(behind, row), 1e-5, "else a network would read the label off it");
        }
    }

    [TestMethod]
    public void Apply_TrainingRows_DoNotSeeTheirFold()
    {
        // Each row is a neighbour of every other.
        var data = Block(width: 2, seed: 1);
        int[] training = [.. Enumerable.Range(0, 50)];

        var behind = Fit(new() { Neighbors = 50 }, data, training);

        training.Select(row => Math.Round(MeanOf(behind, row), 4)).Distinct().Should().HaveCount(5);
    }

    [TestMethod]
    public void Apply_Means_AreOfMeanZeroAndDeviationOne()
    {
        var data = Block(width: 3, seed: 2);
        int[] training = [.. Enumerable.Range(0, Rows)];

        var behind = Of(new(), data, training)!.Apply(data);

        behind.FeatureCount.Should().Be(6);
        for (int mean = 3; mean < 6; mean++)
        {
            float[] values = [.. training.Select(row => behind.Features.Array![row * 6 + mean])];
            values.Average().Should().BeApproximately(0, 1e-5f);
            values.Average(value => value * value).Should().BeApproximately(1, 1e-4f);
        }
    }

    [TestMethod]
    public void Prepend_ScoresRowsAsTheyWereApplied()
    {
        var data = Block(width: 20, seed: 3);
        var fitted = Of(new() { Neighbors = 4 }, data, [.. Enumerable.Range(0, 50)])!;
        var behind = fitted.Apply(data);
        var network = new NetworkDescription(fitted.Outputs, 1, [new LinearLayer(fitted.Outputs, 1)]);
        var weights = new NetworkWeights(new ParameterLayout(network));
        var random = new RandomStream(1, "weights");
        foreach (ref float weight in weights.Values.AsSpan())
            weight = (float)random.NextNormal();

        var (whole, all) = fitted.Prepend(network, weights);

        float[] expected = new float[Rows], scores = new float[Rows];
        new NetworkScorer(network, weights).ScoreBatch(behind.Features.Array!, Rows, expected);
        new NetworkScorer(whole, all).ScoreBatch(data.Features.Array!, Rows, scores);
        scores[50..].Should().Equal(expected[50..]);
        scores[..50].Should().NotEqual(expected[..50], "training rows are among their own neighbours in a model");
    }

    [TestMethod]
    public void Score_NumberThatIsNaN_GivesNaN()
    {
        var data = Block(width: 2, seed: 3);
        var fitted = Of(new(), data, [.. Enumerable.Range(0, 50)])!;
        var network = new NetworkDescription(3, 1, [new LinearLayer(3, 1)]);
        var (whole, all) = fitted.Prepend(network, new NetworkWeights(new ParameterLayout(network)));

        float[] score = new float[1];
        new NetworkScorer(whole, all).Score([float.NaN, 1], score);

        score[0].Should().Be(float.NaN);
    }

    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(2, 1)]
    [DataRow(3, 3)]
    public void Of_Classes_HasAMeanForEachOfMoreThanTwo(int classes, int means)
    {
        var data = Block(width: 2, seed: 1);
        data = data with { Targets = [.. data.Targets.Select((target, row) => classes == 0 ? target : row % classes)] };

        Of(new(), data, [.. Enumerable.Range(0, Rows)], classes: classes)!.Outputs.Should().Be(2 + means);
    }

    [TestMethod]
    public void Of_CategoriesConstantsAndFlags_AreInNoPair()
    {
        var data = Block(width: 6, seed: 1);
        float[] features = data.Features.Array!;
        for (int row = 0; row < Rows; row++)
        {
            features[row * 6] = row % 3;
            features[row * 6 + 1] = 7;
            features[row * 6 + 2] = row % 2;
        }
        data = data with { Layout = RowLayout.Of([3, 0, 0, 0, 0, 0]) };
        int[] training = [.. Enumerable.Range(0, Rows)];
        var inputs = FittedInputs.Of(InputScaling.Standard, data, training, [], 1);
        var network = new NetworkDescription(9, 1, [new LinearLayer(9, 1)]);

        var (whole, _) = Of(new(), data, training, inputs: inputs)!.Prepend(network, new NetworkWeights(new ParameterLayout(network)));

        ((NeighborMeansLayer)whole.Layers[0]).Pairs.Should().Equal(new NumberPair(3, 4), new NumberPair(3, 5), new NumberPair(4, 5));
    }

    [TestMethod]
    public void Of_OneNumber_IsNothing() => Of(new(), Block(width: 1, seed: 1), [.. Enumerable.Range(0, Rows)]).Should().BeNull();

    [TestMethod]
    public void Of_MoreRowsThanMostRows_KeepsAsMany()
    {
        var data = Block(width: 2, seed: 1);
        var network = new NetworkDescription(3, 1, [new LinearLayer(3, 1)]);

        var (whole, weights) = Of(new() { MostRows = 10 }, data, [.. Enumerable.Range(0, Rows)])!.Prepend(network, new NetworkWeights(new ParameterLayout(network)));

        ((NeighborMeansLayer)whole.Layers[0]).Points.Should().Be(10);
        weights["0.values"].ToArray().Should().BeSubsetOf(data.Targets).And.OnlyHaveUniqueItems();
    }

    [TestMethod]
    public void Of_MorePairsThanMostMeans_TakesThoseThatTellWhatNeitherNumberTells()
    {
        // The label is the sign of a product: of 3 and 5, which tell nothing alone.
        var data = Block(width: 8, seed: 4, rows: 600);
        float[] features = data.Features.Array!;
        data = data with { Targets = [.. Enumerable.Range(0, 600).Select(row => MathF.Sign(features[row * 8 + 3] * features[row * 8 + 5]) + 0.1f * features[row * 8])] };
        var network = new NetworkDescription(9, 1, [new LinearLayer(9, 1)]);

        var (whole, _) = Of(new() { MostMeans = 1 }, data, [.. Enumerable.Range(0, 600)])!.Prepend(network, new NetworkWeights(new ParameterLayout(network)));

        ((NeighborMeansLayer)whole.Layers[0]).Pairs.Should().Equal(new NumberPair(3, 5));
    }

    [TestMethod]
    public void Of_MoreClassesThanMostMeans_IsNothing()
    {
        var data = Block(width: 2, seed: 1);
        data = data with { Targets = [.. data.Targets.Select((_, row) => (float)(row % 3))] };

        Of(new() { MostMeans = 2 }, data, [.. Enumerable.Range(0, Rows)], classes: 3).Should().BeNull();
    }

    [TestMethod]
    public void Apply_Weights_WeightTheMeans()
    {
        var data = Block(width: 2, seed: 1);
        data = data with { Weights = [.. Enumerable.Range(0, Rows).Select(row => row % 4 + 0.5f)] };
        int[] training = [.. Enumerable.Range(0, 50)];

        var behind = Fit(new() { Neighbors = 3 }, data, training);

        int[] nearest = [.. training.OrderBy(other => Distance(data, 55, other)).Take(3)];
        double expected = nearest.Sum(row => data.Weights[row] * data.Targets[row]) / nearest.Sum(row => data.Weights[row]);
        MeanOf(behind, 55).Should().BeApproximately(expected, 1e-5);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Apply_RowsOfAGroupOrAlike_DoNotSeeOneAnother(bool areAlike)
    {
        // Rows in fives that have one label; alike, or in one place and nearly so.
        var data = Block(width: 2, seed: 1);
        float[] features = data.Features.Array!;
        for (int row = 0; row < Rows; row++)
        {
            int first = row - row % 5;
            for (int slot = 0; slot < 2; slot++)
                features[row * 2 + slot] = features[first * 2 + slot] + (areAlike ? 0 : 1e-4f * (row % 5));
        }
        data = data with { Targets = [.. Enumerable.Range(0, Rows).Select(row => (float)(row / 5))] };
        int[] training = [.. Enumerable.Range(0, Rows)];

        var behind = Fit(new() { Neighbors = 1 }, data, training, areAlike ? null : [.. Enumerable.Range(0, Rows).Select(row => row / 5)]);

        training.Should().OnlyContain(row => Math.Abs(MeanOf(behind, row) - data.Targets[row]) > 0.5);
    }

    [TestMethod]
    public void Apply_OneGroup_HasTheMeanOfAll()
    {
        var data = Block(width: 2, seed: 1);
        int[] training = [.. Enumerable.Range(0, 50)];

        var behind = Of(new(), data, training, groups: new int[Rows])!.Apply(data);

        behind.Features.Array!.Should().OnlyContain(value => float.IsFinite(value));
    }

    [TestMethod]
    public void Of_FormerNeighbors_KeepsPlanesAndScaleAndItsRowsBesideTheNewOnes()
    {
        var data = Block(width: 3, seed: 4);
        int[] before = [.. Enumerable.Range(0, 40)], after = [.. Enumerable.Range(30, 20)], all = [.. Enumerable.Range(0, 50)];
        var network = new NetworkDescription(6, 1, [new LinearLayer(6, 1)]);
        var (first, firstWeights) = Of(new(), data, before)!.Prepend(network, new NetworkWeights(new ParameterLayout(network)));
        var former = new FormerNeighbors((NeighborMeansLayer)first.Layers[0], FirstLayers.Take(first, firstWeights).Tensors);

        var fitted = Of(new() { Neighbors = 2 }, data, after, former: former)!;
        var few = Of(new() { Neighbors = 2, MostRows = 25 }, data, after, former: former)!;

        fitted.Points.Should().Be(50, "rows of both are there once");
        few.Points.Should().Be(25);
        float value = fitted.Apply(data).Features.Array![55 * 6 + 3];
        double mean = all.OrderBy(row => Distance(data, 55, row)).Take(2).Average(row => data.Targets[row]);
        value.Should().BeApproximately((float)((mean - firstWeights["0.center"][0]) * firstWeights["0.factor"][0]), 1e-4f);
        fitted.Prepend(network, new NetworkWeights(new ParameterLayout(network))).Weights["0.center"].ToArray().Should().Equal(firstWeights["0.center"].ToArray());
    }

    [TestMethod]
    public void Apply_TrainingThatEnds_Throws()
    {
        var data = Block(width: 2, seed: 1);
        var rows = new NeighborRows(data, [.. Enumerable.Range(0, 50)], null, 0, 1) { Ends = () => true };

        FluentActions.Invoking(() => FittedNeighbors.Of(new(), rows)).Should().Throw<OperationCanceledException>();
    }

    private static FittedNeighbors? Of(NeighborMeansOptions options, DataBlock data, int[] training, int classes = 0, FittedInputs? inputs = null, FormerNeighbors? former = null, int[]? groups = null) =>
        FittedNeighbors.Of(options, new NeighborRows(data, training, inputs, classes, Seed: 1) { Groups = groups }, former);

    private static (DataBlock Rows, float Center, float Factor) Fit(NeighborMeansOptions options, DataBlock data, int[] training, int[]? groups = null)
    {
        var fitted = Of(options, data, training, groups: groups)!;
        var network = new NetworkDescription(3, 1, [new LinearLayer(3, 1)]);
        var (_, weights) = fitted.Prepend(network, new NetworkWeights(new ParameterLayout(network)));
        return (fitted.Apply(data), weights["0.center"][0], weights["0.factor"][0]);
    }

    private static double MeanOf((DataBlock Rows, float Center, float Factor) behind, int row) => behind.Rows.Features.Array![row * 3 + 2] / behind.Factor + behind.Center;

    private static double Distance(DataBlock data, int one, int other, int first = 0, int second = 1)
    {
        float[] features = data.Features.Array!;
        int width = data.FeatureCount;
        return Math.Pow(features[one * width + first] - features[other * width + first], 2) + Math.Pow(features[one * width + second] - features[other * width + second], 2);
    }

    private static DataBlock Block(int width, int seed, int rows = Rows)
    {
        var random = new RandomStream(seed, "rows");
        return new DataBlock(rows, width, 1, [.. Enumerable.Range(0, rows * width).Select(_ => (float)random.NextNormal())], [.. Enumerable.Range(0, rows).Select(_ => (float)random.NextNormal())], null);
    }
}
