using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;
using MLExtensions.Trainers.ColumnEffects;

namespace MLExtensions.Trainers.Tests;

[TestClass]
[TestCategory("Explanation")]
public sealed class PermutationColumnImportanceTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(1, 0.975, 12.706205)]
    [DataRow(2, 0.975, 4.302653)]
    [DataRow(5, 0.95, 2.015048)]
    [DataRow(9, 0.975, 2.262157)]
    [DataRow(30, 0.995, 2.749996)]
    [DataRow(99, 0.975, 1.984217)]
    public void StudentQuantile_EqualsTables(int degrees, double share, double expected) =>
        StudentDistribution.Quantile(share, degrees).Should().BeApproximately(expected, 1e-6);

    [TestMethod]
    [DataRow(5, 0.95)]
    [DataRow(10, 0.8)]
    public void Intervals_OfColumnsThatSayNothing_HoldZeroAtTheStatedRate(int repeats, double confidence)
    {
        // The model makes use of them all the same, as one that has overfitted does.
        int held = 0, all = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            var importances = _ml.Model.PermutationColumnImportance(Model(noise: 0.3f), Data(120, seed), Error, new() { Repeats = repeats, Confidence = confidence, LowerIsBetter = true, Seed = seed });
            var noise = importances.Columns.Where(column => column.Name != "X").ToList();
            held += noise.Count(column => column.Lower <= 0 && column.Upper >= 0);
            all += noise.Count;
            importances.Columns[0].Name.Should().Be("X");
            importances["X"].IsImportant.Should().BeTrue();
        }

        all.Should().Be(40 * 8);
        ((double)held / all).Should().BeInRange(confidence - 0.05, confidence + 0.05);
    }

    [TestMethod]
    public void Run_ModelThatDoesNotAsk_GivesExactlyZero()
    {
        var importances = _ml.Model.PermutationColumnImportance(Model(noise: 0), Data(100, 1), Error, new() { LowerIsBetter = true });

        importances.Columns.Where(column => column.Name != "X").Should().OnlyContain(column => column.Mean == 0 && column.Lower == 0 && column.Upper == 0 && !column.IsImportant);
        importances["X"].Mean.Should().BeApproximately(2, 0.6, "the error is twice the variance of X");
        importances.Metric.Should().BeApproximately(Error(Model(noise: 0).Transform(Data(100, 1))), 1e-12);
    }

    [TestMethod]
    public void Run_SameSeed_GivesTheSame()
    {
        var options = new PermutationColumnImportanceOptions { LowerIsBetter = true, Repeats = 3, MaximumRows = 50, Seed = 7 };
        ColumnImportances Run(PermutationColumnImportanceOptions chosen) => _ml.Model.PermutationColumnImportance(Model(0.3f), Data(100, 1), Error, chosen);

        var first = Run(options);

        first.Rows.Should().Be(50);
        Run(options).ToCsv().Should().Be(first.ToCsv());
        Run(options with { Seed = 8 }).ToCsv().Should().NotBe(first.ToCsv());
        Run(options with { Columns = ["N1"] })["N1"].Should().BeEquivalentTo(first["N1"], "a column's permutations do not depend on others");
    }

    [TestMethod]
    public void Run_GroupOfColumnsThatSayTheSame_IsWorthMoreThanEach()
    {
        var random = new Random(2);
        var rows = Enumerable.Range(0, 200).Select(_ => new Numbers { X = (float)Normal(random) }).ToList();
        rows.ForEach(row => { row.N1 = row.X; row.Label = row.X; });
        var model = _ml.Transforms.CustomMapping<Numbers, Scored>((row, scored) => scored.Score = (row.X + row.N1) / 2, null).Fit(_ml.Data.LoadFromEnumerable(rows));

        var importances = _ml.Model.PermutationColumnImportance(model, _ml.Data.LoadFromEnumerable(rows), Error,
            new() { LowerIsBetter = true, Columns = ["X", "N1", "N2"], Groups = [["X", "N1"]] });

        importances.Columns[0].Name.Should().Be("X + N1");
        importances["X + N1"].Mean.Should().BeGreaterThan(3 * importances["X"].Mean);
        importances["N2"].Mean.Should().Be(0);
    }

    [TestMethod]
    public void Run_ChainFromRawColumns_RanksWhatDecidesAndReadsOnce()
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 600).Select(row => new Person
        {
            Age = random.Next(5) == 0 ? float.NaN : random.Next(20, 70),
            Work = new[] { "office", "field", "home" }[random.Next(3)],
            Note = new[] { "a", "b" }[random.Next(2)],
            Start = new DateTime(2020, 1, 1).AddDays(random.Next(2000)),
        }).ToList();
        rows.ForEach(row => row.Rich = row.Work == "office" != random.NextSingle() < 0.1f);
        var data = new CountingView(_ml.Data.LoadFromEnumerable(rows));
        var model = _ml.Transforms.EncodeTable("Features", new Transforms.TableEncodingOptions { Except = ["Rich"] })
            .Append(_ml.BinaryClassification.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Rich", NumberOfEpochs = 20, InputScaling = InputScaling.Robust })).Fit(data);
        int before = data.Requests.Count;

        var importances = _ml.Model.PermutationColumnImportance(model, data, scored => _ml.BinaryClassification.Evaluate(scored, "Rich").AreaUnderRocCurve, new() { Repeats = 4 });

        (data.Requests.Count - before).Should().Be(1);
        importances.Columns.Select(column => column.Name).Should().BeEquivalentTo(["Age", "Work", "Note", "Start"], "the label is no part of the prediction");
        importances.Columns[0].Name.Should().Be("Work");
        importances["Work"].Lower.Should().BeGreaterThan(0.2);
        importances.ToString().Should().StartWith("metric 0.").And.Contain("Work ");
    }

    [TestMethod]
    public void Run_NoTimeLeft_EndsAfterTwoRepeats() =>
        _ml.Model.PermutationColumnImportance(Model(0.3f), Data(50, 1), Error, new() { TimeLimit = TimeSpan.Zero, LowerIsBetter = true }).Repeats.Should().Be(2);

    [TestMethod]
    public void ToCsv_IsATable()
    {
        var importances = new ColumnImportances([new(["a,b"], 0.5, 0.25, 0.125, 1), new(["c", "d"], -1, 0, -1, -1)], 0.75, 10, 2, 0.95);

        importances.ToCsv().Should().Be("column,importance,standard_deviation,lower,upper\n\"a,b\",0.5,0.25,0.125,1\nc + d,-1,0,-1,-1\n");
        importances.ToString().Should().Be("metric 0.75 on 10 rows; how much worse it gets, 2 permutations, intervals of 95 %\n" +
            "a,b        0.50000  [0.12500, 1.00000]\nc + d     -1.00000  [-1.00000, -1.00000]\n");
    }

    [TestMethod]
    public void Run_WrongArguments_AreNamed()
    {
        void Throws<TException>(PermutationColumnImportanceOptions options, string message, Func<IDataView, double>? metric = null)
            where TException : Exception
        {
            var run = () => _ml.Model.PermutationColumnImportance(Model(0), Data(20, 1), metric ?? Error, options);
            run.Should().Throw<TException>().WithMessage(message);
        }

        Throws<ArgumentException>(new() { Columns = [], Groups = [[]], Repeats = 1, Confidence = 1, MaximumRows = 1, TimeLimit = TimeSpan.FromSeconds(-1) },
            "Columns must name a column, or be null. Groups must be lists of columns, none of them empty. Repeats must be at least 2, got 1. " +
            "Confidence must be above 0 and below 1, got 1. MaximumRows must be at least 2, got 1. TimeLimit must not be negative, got -00:00:01.*");
        Throws<ArgumentOutOfRangeException>(new() { Columns = ["Xx"] }, "*permuted column 'Xx'*");
        Throws<InvalidOperationException>(new(), "The metric is NaN on 20 rows: expected a finite number.*", _ => double.NaN);
        var empty = () => _ml.Model.PermutationColumnImportance(Model(0), _ml.Data.LoadFromEnumerable<Numbers>([]), Error);
        empty.Should().Throw<InvalidOperationException>().WithMessage("The data has no rows*");
    }

    private ITransformer Model(float noise) => _ml.Transforms.CustomMapping<Inputs, Scored>(
        (row, scored) => scored.Score = row.X + noise * (row.N1 + row.N2 + row.N3 + row.N4 + row.N5 + row.N6 + row.N7 + row.N8), null).Fit(Data(2, 0));

    private IDataView Data(int rows, int seed)
    {
        var random = new Random(seed);
        float Next() => (float)Normal(random);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(_ => new Numbers
        {
            X = Next(),
            N1 = Next(),
            N2 = Next(),
            N3 = Next(),
            N4 = Next(),
            N5 = Next(),
            N6 = Next(),
            N7 = Next(),
            N8 = Next(),
        }).Select(row => { row.Label = row.X + Next() / 2; return row; }).ToList());
    }

    private double Error(IDataView scored) => _ml.Data.CreateEnumerable<Judged>(scored, true).Average(row => ((double)row.Label - row.Score) * (row.Label - row.Score));

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private class Inputs
    {
        public float X { get; set; }

        public float N1 { get; set; }

        public float N2 { get; set; }

        public float N3 { get; set; }

        public float N4 { get; set; }

        public float N5 { get; set; }

        public float N6 { get; set; }

        public float N7 { get; set; }

        public float N8 { get; set; }
    }

    private sealed class Numbers : Inputs
    {
        public float Label { get; set; }
    }

    private sealed class Scored
    {
        public float Score { get; set; }
    }

    private sealed class Judged
    {
        public float Label { get; set; }

        public float Score { get; set; }
    }

    private sealed class Person
    {
        public float Age { get; set; }

        public string Work { get; set; } = "";

        public string Note { get; set; } = "";

        public DateTime Start { get; set; }

        public bool Rich { get; set; }
    }
}
