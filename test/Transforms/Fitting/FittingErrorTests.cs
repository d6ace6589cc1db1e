using Microsoft.ML;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class FittingErrorTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_NoRows_IsRefused()
    {
        var empty = _ml.Data.LoadFromEnumerable(Array.Empty<ScalerRow>());

        Refusals(empty, "Features").Should().AllBe("The data have no rows; scaling needs at least one.");
    }

    [TestMethod]
    [DataRow(float.PositiveInfinity)]
    [DataRow(float.NegativeInfinity)]
    public void Fit_Infinity_NamesRowAndSlot(float infinity)
    {
        var data = With(rows => rows[2].Features[1] = infinity);

        Refusals(data, "Features").Should().AllBe("Column 'Features', slot 1, is infinite in row 2 (counted from 0). " +
            "Scaling is fitted to finite numbers, with NaN for missing ones: replace the infinity or leave the row out.");
    }

    [TestMethod]
    public void Fit_InfinityInANamedSlot_NamesTheSlot()
    {
        var single = With(rows => rows[3].Single = float.PositiveInfinity);
        var features = With(rows => rows[3].Features[0] = float.PositiveInfinity);
        var concatenation = _ml.Transforms.Concatenate("Named", "Features", "Single");

        Refusals(concatenation.Fit(single).Transform(single), "Named")
            .Should().AllSatisfy(refusal => refusal.Should().StartWith("Column 'Named', slot 3 ('Single'), is infinite in row 3 (counted from 0)."));
        Refusals(concatenation.Fit(features).Transform(features), "Named")
            .Should().AllSatisfy(refusal => refusal.Should().StartWith("Column 'Named', slot 0, is infinite in row 3 (counted from 0)."));
    }

    [TestMethod]
    public void Fit_InfinityInAScalar_NamesTheColumn()
    {
        var data = With(rows => rows[1].Double = double.NegativeInfinity);

        Refusals(data, "Double").Should().AllSatisfy(refusal => refusal.Should().StartWith("Column 'Double' is infinite in row 1 (counted from 0)."));
    }

    [TestMethod]
    public void Fit_SlotWithoutANumber_NamesIt()
    {
        var data = With(rows => Array.ForEach(rows, row => (row.Features[2], row.Single) = (float.NaN, float.NaN)));

        Refusals(data, "Features").Should().AllBe("Column 'Features', slot 2, holds no number to fit to: every value is NaN. Leave it out or fill it in.");
        Refusals(data, "Single").Should().AllBe("Column 'Single' holds no number to fit to: every value is NaN. Leave it out or fill it in.");
    }

    [TestMethod]
    [DataRow("Features", 4, "Column 'Features', slot 0, holds 4 numbers")]
    [DataRow("Features", 3, "Column 'Features', slot 1, holds 3 numbers")]
    [DataRow("Double", 3, "Column 'Double' holds 3 numbers")]
    public void Fit_TooManyDegreesOfFreedom_SaysHowManyNumbersThereAre(string column, int degreesOfFreedom, string start)
    {
        Action fit = () => _ml.Transforms.ScaleStandard(column, degreesOfFreedom: degreesOfFreedom).Fit(ScalerData.Load(_ml));

        fit.Should().Throw<InvalidOperationException>().WithMessage($"{start}, and a variance with {degreesOfFreedom} degrees of freedom taken off " +
            "needs more than that. Lower degreesOfFreedom or fit to more rows.");
    }

    [TestMethod]
    public void Fit_NumbersWhoseStatisticsOverflow_IsRefused()
    {
        var data = With(rows => (rows[0].Double, rows[1].Double) = (1e308, -1e308));

        (IEstimator<ITransformer>, string)[] cases =
        [
            (_ml.Transforms.ScaleStandard("Double"), "variance"), (_ml.Transforms.ScaleMinMax("Double"), "range"),
            (_ml.Transforms.ScaleRobust("Double"), "range"), (_ml.Transforms.ScalePower("Double"), "power"),
        ];
        foreach (var (estimator, what) in cases)
            RefusalOf(estimator, data).Should().Be($"Column 'Double' holds numbers so large that their {what} overflows. Divide them first.");
    }

    private IDataView With(Action<ScalerRow[]> change)
    {
        ScalerRow[] rows = [.. ScalerData.Rows.Select(row => new ScalerRow { Single = row.Single, Double = row.Double, Features = [.. row.Features], Doubles = row.Doubles })];
        change(rows);
        return _ml.Data.LoadFromEnumerable(rows);
    }

    private string[] Refusals(IDataView data, string column)
    {
        IEstimator<ITransformer>[] estimators =
        [
            _ml.Transforms.ScaleStandard(column), _ml.Transforms.ScaleMinMax(column), _ml.Transforms.ScaleMaxAbs(column), _ml.Transforms.ScaleRobust(column),
            _ml.Transforms.ScaleQuantile(column), _ml.Transforms.ScalePower(column), _ml.Transforms.ScalePower(column, method: PowerMethod.BoxCox),
        ];
        return [.. estimators.Select(estimator => RefusalOf(estimator, data))];
    }

    private static string RefusalOf(IEstimator<ITransformer> estimator, IDataView data)
    {
        Action fit = () => estimator.Fit(data);

        return fit.Should().Throw<InvalidOperationException>().Which.Message;
    }
}
