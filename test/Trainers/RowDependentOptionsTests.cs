using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Options that make no sense for the rows that are given are refused before training, and say what to do.</summary>
[TestClass]
public sealed class RowDependentOptionsTests
{
    private static readonly TableBatchSizeRule s_singleRows = new([(500, 1)], 16);

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Misfits =>
    [
        [new DeepMlpOptions { BatchSizeRule = s_singleRows, Normalization = Normalization.Batch }, 60,
            "Batch normalization needs at least two rows in a batch, which differ from their mean, and batches have one: raise BatchSize, or the sizes of BatchSizeRule; or use Normalization.Layer."],
        [new DeepMlpOptions { Normalization = Normalization.Batch }, 1,
            "Batch normalization needs at least two rows in a batch, which differ from their mean, and there is one training row: give more; or use Normalization.Layer."],
        [new DeepMlpOptions { BatchSizeRule = s_singleRows, RowMixing = new CutMixOptions() }, 60,
            "RowMixing needs at least two rows in a batch, and batches have one: raise BatchSize, or the sizes of BatchSizeRule."],
        [new DeepMlpOptions { RowMixing = new MixupOptions() }, 1, "RowMixing needs at least two rows in a batch, and there is one training row: give more."],
        [new DeepMlpOptions { BatchGrowth = new() { Maximum = 16 } }, 60,
            "BatchGrowth.Maximum must be above the batch size at the start, 16 for 60 training rows, or batches never grow, got 16."],
        [new DeepMlpOptions { BatchSize = 60, BatchGrowth = new() }, 60,
            "BatchGrowth has nothing to grow: the 60 training rows are one batch from the start. Lower BatchSize, or leave BatchGrowth null."],
        [new DeepMlpOptions { NumberEmbedding = null, HiddenLayers = [50_000, 50_000] }, 60,
            "The network has 2.5E+09 parameters: expected at most 2147483591. Make HiddenLayers smaller."],
        [new DeepMlpOptions { NumberEmbedding = null, HiddenLayers = [5], Activation = new MaxoutActivation(int.MaxValue) }, 60,
            "The network has 9.66E+10 parameters: expected at most 2147483591. Make HiddenLayers smaller."],
    ];

    [TestMethod]
    [DynamicData(nameof(Misfits))]
    public void Fit_OptionThatDoesNotFitTheRows_IsRefused(object options, int rows, string expected)
    {
        var engine = new ScriptedEngine();
        var misfit = (DeepMlpOptions)options with { LabelColumnName = "Value", EarlyStopping = null, Engine = engine };

        Action fit = () => Trainer.Fit(LearningTask.Regression, _ml, misfit, Examples.Load(_ml, Examples.Rows(rows)));

        fit.Should().Throw<InvalidOperationException>().WithMessage(expected);
        engine.Batches.Should().BeEmpty();
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Fit_ValidationRowsWithoutWeight_AreRefused(LearningTask task)
    {
        var validation = Examples.Rows(10, seed: 4);
        Array.ForEach(validation, row => row.Weight = 0);
        var options = Trainer.QuickFor(task) with { ExampleWeightColumnName = "Weight" };

        Action fit = () => Trainer.Fit(task, _ml, options, Examples.Load(_ml), Examples.Load(_ml, validation));

        fit.Should().Throw<InvalidOperationException>().WithMessage("All validation rows have weight 0 in column 'Weight': expected at least one above 0.");
    }

    [TestMethod]
    public void Fit_ValidationRowsOfClassesWithoutWeight_AreRefused()
    {
        var options = Trainer.QuickFor(LearningTask.Multiclass) with { ClassWeights = [1, 1, 0] };
        var validation = Examples.Rows(60, seed: 4).Where(row => row.Name == "red").ToArray();

        Action fit = () => Trainer.Fit(LearningTask.Multiclass, _ml, options, Examples.Load(_ml), Examples.Load(_ml, validation));

        fit.Should().Throw<InvalidOperationException>().WithMessage("All validation rows have weight 0 of ClassWeights: expected at least one above 0.");
    }

    [TestMethod]
    [DataRow(1e-30f, "All training rows have weight 0 in column 'Weight', times ClassWeights: expected at least one above 0.")]
    [DataRow(1e30f, "The training rows have an infinite weight in column 'Weight', times ClassWeights: expected finite ones. Lower them; only their proportions count.")]
    public void Fit_WeightsBeyondSinglePrecision_AreRefused(float weight, string expected)
    {
        var rows = Examples.Rows();
        Array.ForEach(rows, row => row.Weight = weight);

        Action fit = () => Trainer.Fit(LearningTask.Binary, options => options with { ExampleWeightColumnName = "Weight", ClassWeights = [weight, weight] }, rows);

        fit.Should().Throw<InvalidOperationException>().WithMessage(expected);
    }

    [TestMethod]
    public void Trainer_ClassWeightsForOneClassOnly_AreRefused()
    {
        foreach (IReadOnlyList<float> weights in new float[][] { [0, 0, 0], [0, 2.5f, 0] })
        {
            Action create = () => _ml.MulticlassClassification.Trainers.DeepMlp(new DeepMlpOptions { ClassWeights = weights });

            create.Should().Throw<ArgumentException>().WithMessage(
                "*- ClassWeights must be above 0 for at least two classes, or there is nothing to tell apart, got [0, *, 0]*");
        }
    }
}
