using MLExtensions.Networks.Labels;

namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class LabelScalingTests
{
    [TestMethod]
    public void Fit_OneOutput_FindsMeanAndPopulationDeviationOfTheTrainingRows()
    {
        float[] labels = [1, 1000, 3, 8];

        var scaling = LabelScaling.Fit(labels, 1, null, [0, 2, 3], clamp: false);

        scaling.Means.Should().Equal(4);
        scaling.StandardDeviations.Should().Equal(Math.Sqrt(26.0 / 3));
        scaling.Labels.Should().Be(1);
    }

    [TestMethod]
    public void Fit_Weights_CountsRowsByWeight()
    {
        float[] labels = [2, 4, 100];

        var scaling = LabelScaling.Fit(labels, 1, [3, 1, 0], [0, 1, 2], clamp: false);

        scaling.Means.Should().Equal(2.5);
        scaling.StandardDeviations.Should().Equal(Math.Sqrt(0.75));
    }

    [TestMethod]
    public void Fit_ConstantOutput_GetsDeviationOne()
    {
        float[] labels = [7, 1, 7, 3];

        var scaling = LabelScaling.Fit(labels, 2, null, [0, 1], clamp: false);

        scaling.Means.Should().Equal(7, 2);
        scaling.StandardDeviations.Should().Equal(1, 1);
        scaling.Apply(labels).Should().Equal(0, -1, 0, 1);
    }

    [TestMethod]
    [DataRow(LabelTransform.Standardize)]
    [DataRow(LabelTransform.Log)]
    public void Fit_ConstantWhoseMeanIsRounded_GetsDeviationOne(LabelTransform transform)
    {
        float[] labels = [.. Enumerable.Repeat(0.1f, 1_000)];

        var scaling = LabelScaling.Fit(labels, 1, null, [.. Enumerable.Range(0, 1_000)], clamp: false, transform);

        scaling.StandardDeviations.Should().Equal(1);
        scaling.Apply(labels).Should().OnlyContain(label => Math.Abs(label) < 1e-9);
    }

    [TestMethod]
    public void Fit_RowsOfWeightZero_AreNotInTheRange()
    {
        float[] labels = [-50, 1, 3, 99];

        var scaling = LabelScaling.Fit(labels, 1, [0, 1, 2, 0], [0, 1, 2, 3], clamp: true);

        (scaling.Minima[0], scaling.Maxima[0]).Should().Be((1, 3));
    }

    [TestMethod]
    public void Fit_LargeMeanAndSmallDeviation_LosesNoDigits()
    {
        float[] labels = [16_777_214, 16_777_215, 16_777_216];

        var scaling = LabelScaling.Fit(labels, 1, null, [0, 1, 2], clamp: false);

        scaling.Means.Should().Equal(16_777_215);
        scaling.StandardDeviations[0].Should().BeApproximately(Math.Sqrt(2.0 / 3), 1e-12);
    }

    [TestMethod]
    public void Fit_LabelsNearTheLargestNumber_StaysFinite()
    {
        float[] labels = [float.MaxValue, -float.MaxValue];

        var scaling = LabelScaling.Fit(labels, 1, null, [0, 1], clamp: false);

        scaling.Means.Should().Equal(0);
        scaling.StandardDeviations.Should().Equal(float.MaxValue);
        scaling.Apply(labels).Should().Equal(1, -1);
    }

    [TestMethod]
    public void Apply_RowsOutsideTraining_AreScaledAlike()
    {
        float[] labels = [1, 10, 3, 30, 5, 70];

        float[] scaled = LabelScaling.Fit(labels, 2, null, [0, 1], clamp: false).Apply(labels);

        scaled.Should().Equal(-1, -1, 1, 1, 3, 5);
    }

    [TestMethod]
    public void Fit_TrainingRows_GivesTheirRangePerOutput()
    {
        float[] labels = [1, 10, 3, -10, 99, 99];

        var scaling = LabelScaling.Fit(labels, 2, null, [0, 1], clamp: true);

        scaling.Minima.Should().Equal(1, -10);
        scaling.Maxima.Should().Equal(3, 10);
        scaling.ScoreOf(1000, label: 0).Should().Be(3);
        scaling.ScoreOf(-1000, label: 1).Should().Be(-10);
        (scaling with { Clamp = false }).ScoreOf(1000, label: 0).Should().Be(1002);
    }
}
