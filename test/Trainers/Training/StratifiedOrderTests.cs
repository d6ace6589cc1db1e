using MLExtensions.Networks.Randomness;
using MLExtensions.Networks.Rows;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class StratifiedOrderTests
{
    [TestMethod]
    [DataRow(1000, 40)]
    [DataRow(997, 32)]
    [DataRow(60, 7)]
    public void Apply_AnyBatch_HasTheClassesInProportion(int rows, int batch)
    {
        // 1 % of class 0, 9 % of class 1, 90 % of class 2, sorted.
        int[] classes = [.. Enumerable.Range(0, rows).Select(row => row < rows / 100 ? 0 : row < rows / 10 ? 1 : 2)];
        int[] order = [.. Enumerable.Range(0, rows)];
        var random = new RandomStream(1, "shuffle");
        var stratified = new StratifiedOrder(classes);

        for (int epoch = 0; epoch < 5; epoch++)
        {
            random.Shuffle<int>(order);
            stratified.Apply(order, random);

            order.Order().Should().Equal(Enumerable.Range(0, rows));
            foreach (int[] part in order.Chunk(batch))
            {
                for (int index = 0; index < 3; index++)
                {
                    double share = (double)classes.Count(value => value == index) / rows;
                    Math.Abs(part.Count(row => classes[row] == index) - share * part.Length).Should().BeLessThan(2);
                }
            }
        }
    }

    [TestMethod]
    public void Apply_SameSeed_GivesTheSameOrderAndEachEpochAnother()
    {
        int[] classes = [.. Enumerable.Range(0, 50).Select(row => row % 3)];
        int[][] Epochs(int seed)
        {
            int[] order = [.. Enumerable.Range(0, 50)];
            var random = new RandomStream(seed, "shuffle");
            var stratified = new StratifiedOrder(classes);
            return [.. Enumerable.Range(0, 2).Select(_ => { random.Shuffle<int>(order); stratified.Apply(order, random); return order.ToArray(); })];
        }

        Epochs(1)[0].Should().Equal(Epochs(1)[0]);
        Epochs(1)[1].Should().Equal(Epochs(1)[1]).And.NotEqual(Epochs(1)[0]);
        Epochs(2)[0].Should().NotEqual(Epochs(1)[0]);
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    public void StratifiedBatches_On_GivesEveryStepEveryClass(LearningTask task)
    {
        int[] Lowest(bool stratified)
        {
            var engine = new ScriptedEngine();
            Trainer.Fit(task, options => options with { StratifiedBatches = stratified, BatchSize = 12, NumberOfEpochs = 20, EarlyStopping = null, Engine = engine });
            int classes = engine.Data!.Targets.Distinct().Count();
            return [.. Enumerable.Range(0, classes).Select(index => engine.Batches.Min(batch => batch.Count(row => engine.Data.Targets[row] == index)))];
        }

        Lowest(stratified: true).Zip(Lowest(stratified: false), (with, without) => with - without).Should().OnlyContain(gain => gain > 0);
    }

    [TestMethod]
    public void StratifiedBatches_Regression_IsRefused()
    {
        Action create = () => Trainer.Of(LearningTask.Regression, new Microsoft.ML.MLContext(), new DeepMlpOptions { StratifiedBatches = true });

        create.Should().Throw<ArgumentException>().WithMessage("*StratifiedBatches is for binary and multiclass classification: regression has no classes*");
    }
}
