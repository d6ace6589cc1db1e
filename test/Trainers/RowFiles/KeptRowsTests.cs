using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.RowFiles;

/// <summary>Features that a training keeps in a file, and later ones read from there.</summary>
[TestClass]
public sealed class KeptRowsTests
{
    private const int Rows = 3000;
    private const int InMemory = 1 << 20;
    private const int InFile = 70_000;

    private static readonly DeepMlpOptions s_options = Trainer.Quick with { BatchSize = 64, InputScaling = InputScaling.Robust };

    [TestMethod]
    [DataRow(InMemory, InMemory)]
    [DataRow(InFile, InFile)]
    [DataRow(InMemory, InFile)]
    [DataRow(InFile, InMemory)]
    public void Fit_Again_ReadsNoFeaturesOfTheDataAndGivesTheSameBits(int bytes, int bytesAgain)
    {
        using var folder = new TestFolder();
        string path = folder.File("kept.rows");
        var first = Fit(path, Case(), bytes);
        var view = Case();

        var again = Fit(path, view, bytesAgain);

        view[0].Counter.Reads.Should().BeLessThan(Rows / 2, "the first 256 rows are compared, and no others are read");
        // Blocks are those of the training that wrote the file, by which windows are drawn.
        if (bytes == bytesAgain)
            again.Weights.Should().Equal(first.Weights);
        if (bytes == InFile || bytesAgain == InMemory)
            again.Weights.Should().Equal(Fit(null, Case(), bytesAgain).Weights);
        new DirectoryInfo(folder.FullName).GetFiles("mlextensions-*").Should().BeEmpty();
        File.Exists(path).Should().BeTrue();
    }

    [TestMethod]
    public void Fit_FirstTime_HasTheFileBeforeItTrainsAndReadsAllFeaturesOnce()
    {
        using var folder = new TestFolder();
        var view = Case();
        bool wasThere = false;

        Fit(folder.File("kept.rows"), view, InFile, o => o with { Progress = TrainingMonitor.OfEpochs(_ => wasThere |= File.Exists(folder.File("kept.rows"))) });

        wasThere.Should().BeTrue();
        view[0].Counter.Reads.Should().BeInRange(Rows, Rows + 600);
    }

    public static IEnumerable<object[]> Others =>
    [
        ["fewer rows", (Action<List<Row>>)(rows => rows.RemoveAt(rows.Count - 1)), "training rows: 3000 in the file, 2999 now; the labels of column 'Label' differ"],
        ["other features", (Action<List<Row>>)(rows => rows[7].Numbers[2] += 1), "row 7 (counted from 0) of the training data has * in slot 2 of feature column 'Features', and the file *"],
        ["other labels", (Action<List<Row>>)(rows => rows[2900].Label += 1), "the labels of column 'Label' differ"],
        ["another order", (Action<List<Row>>)(rows => (rows[1000], rows[2000]) = (rows[2000], rows[1000])), "the labels of column 'Label' differ"],
    ];

    [TestMethod]
    [DynamicData(nameof(Others))]
    public void Fit_OtherRows_IsRefusedWithTheDifference(string name, Action<List<Row>> change, string difference)
    {
        using var folder = new TestFolder();
        string path = folder.File("kept.rows");
        Fit(path, Case(), InFile);
        byte[] before = File.ReadAllBytes(path);
        var rows = Case().ToList();
        change(rows);

        var act = () => Fit(path, [.. rows], InFile);

        act.Should().Throw<InvalidOperationException>(name).WithMessage($"'{path}' (RowMemory.KeepAs) holds other rows than those to train on: {difference}. Name another file, or delete this one, and the next training writes it anew; where each training has other rows, as in a cross-validation, leave KeepAs null.");
        File.ReadAllBytes(path).Should().Equal(before, "it is left alone");
    }

    [TestMethod]
    [DataRow("cut off", "*is no file of rows, or was cut off*")]
    [DataRow("no file of rows", "*is no file of rows, or was cut off*")]
    [DataRow("footer", "*is damaged behind its blocks*Delete it, and the next training writes it again.")]
    [DataRow("block", "Block 1 of '*kept.rows', at offset *, has checksum * where * was written*delete the file: the next training writes it again.")]
    public void Fit_ADamagedFile_IsRefusedAndSaysWhere(string what, string message)
    {
        using var folder = new TestFolder();
        string path = folder.File("kept.rows");
        Fit(path, Case(), InFile);
        byte[] bytes = File.ReadAllBytes(path);
        if (what == "footer")
            bytes[Rows * 12 + 1] ^= 1;
        if (what == "block")
            bytes[12 * 400] ^= 1;
        File.WriteAllBytes(path, what == "cut off" ? bytes[..^5] : what == "no file of rows" ? [1, 2, 3] : bytes);

        var act = () => Fit(path, Case(), InFile);

        act.Should().Throw<InvalidDataException>().WithMessage(message);
        File.Exists(path).Should().BeTrue();
    }

    [TestMethod]
    public void Fit_AnotherLabelOfTheSameRows_TakesTheFeaturesAndTellsThatTheOrderCannotBeSeen()
    {
        using var folder = new TestFolder();
        string path = folder.File("kept.rows");
        Fit(path, Case(), InMemory);
        var log = new List<string>();

        var fitted = Fit(path, Case(), InMemory, o => o with { LabelColumnName = "Other" }, log);

        fitted.Weights.Should().Equal(Fit(null, Case(), InMemory, o => o with { LabelColumnName = "Other" }).Weights);
        log.Should().Contain(message => message.Contains("kept beside label column 'Label': whether they come in the same order cannot be seen by 'Other'"));
    }

    [TestMethod]
    public void Fit_ValidationRowsOfTheirOwn_AreKeptBehindTheOthers()
    {
        using var folder = new TestFolder();
        string path = folder.File("kept.rows");
        var expected = Fit(null, Case(), InMemory, validation: Case(seed: 2, rows: 500));
        Fit(path, Case(), InMemory, validation: Case(seed: 2, rows: 500));
        var validation = Case(seed: 2, rows: 500);

        Fit(path, Case(), InMemory, validation: validation).Weights.Should().Equal(expected.Weights);
        validation[0].Counter.Reads.Should().BeLessThan(400);
        validation[3].Numbers[0] = 9;
        var act = () => Fit(path, Case(), InMemory, validation: validation);
        act.Should().Throw<InvalidOperationException>().WithMessage("*row 3 (counted from 0) of the validation data has 9 in slot 0*");
        var without = () => Fit(path, Case(), InMemory);
        without.Should().Throw<InvalidOperationException>().WithMessage("*validation rows: 500 in the file, 0 now*");
    }

    [TestMethod]
    public void Fit_RowsWithoutLabel_AreNotInTheFile()
    {
        using var folder = new TestFolder();
        string path = folder.File("kept.rows");
        var rows = Case();
        for (int row = 0; row < Rows; row += 10)
            rows[row].Label = float.NaN;
        static DeepMlpOptions Skip(DeepMlpOptions options) => options with { MissingLabels = MissingLabels.Skip };
        var expected = Fit(null, rows, InMemory, Skip);

        Fit(path, rows, InMemory, Skip).Weights.Should().Equal(expected.Weights);
        Fit(path, rows, InMemory, Skip).Weights.Should().Equal(expected.Weights);

        var other = () => Fit(path, Case(), InMemory);
        other.Should().Throw<InvalidOperationException>().WithMessage("*rows: those of MissingLabels.Skip and label column 'Label' in the file, all now*");
    }

    [TestMethod]
    [DataRow(InMemory)]
    [DataRow(InFile)]
    public void Fit_MissingNumbersInTheFileWithoutAPlaceForThem_IsRefused(int bytes)
    {
        using var folder = new TestFolder();
        string path = folder.File("kept.rows");
        var rows = Case();
        rows[2345].Numbers[1] = float.NaN;
        Fit(path, rows, bytes);

        var act = () => Fit(path, rows, bytes, o => o with { InputScaling = null });

        act.Should().Throw<InvalidOperationException>().WithMessage("Row 2345 (counted from 0) of feature column 'Features' of the training data has NaN in slot 1*");
        Fit(path, rows, bytes).Weights.Should().NotBeEmpty();
    }

    [TestMethod]
    public void Fit_CanceledWhileReading_KeepsNothing()
    {
        using var folder = new TestFolder();
        using var cancellation = new CancellationTokenSource();
        var rows = Case();
        rows[0].Counter.At = (Rows / 2, cancellation.Cancel);

        var act = () => Fit(folder.File("kept.rows"), rows, InFile, o => o with { CancellationToken = cancellation.Token });

        act.Should().Throw<OperationCanceledException>();
        Directory.GetFiles(folder.FullName).Should().BeEmpty();
    }

    [TestMethod]
    public void Fit_WhatAKilledTrainingLeftBeside_IsRemoved()
    {
        using var folder = new TestFolder();
        File.WriteAllBytes(folder.File("mlextensions-1.rows"), new byte[100]);

        Fit(folder.File("kept.rows"), Case(), InMemory);

        Directory.GetFiles(folder.FullName).Should().Equal(folder.File("kept.rows"));
    }

    [TestMethod]
    public void Fit_APathThatBecomesAFolder_SaysSoAndLeavesNothing()
    {
        using var folder = new TestFolder();
        var rows = Case();
        rows[0].Counter.At = (1000, () => Directory.CreateDirectory(folder.File("kept.rows")));

        var act = () => Fit(folder.File("kept.rows"), rows, InFile);

        act.Should().Throw<IOException>().WithMessage($"The file of rows could not be kept as '{folder.File("kept.rows")}' (RowMemory.KeepAs): *Name another file.");
        Directory.GetFiles(folder.FullName).Should().BeEmpty();
    }

    [TestMethod]
    public void Options_OutOfRange_AreRefused()
    {
        Action empty = () => new MLContext().Regression.Trainers.DeepMlp(s_options with { RowMemory = new() { KeepAs = "folder/", Folder = "x" } });
        Action folder = () => new MLContext().Regression.Trainers.DeepMlp(s_options with { RowMemory = new() { KeepAs = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory) } });
        Action ours = () => new MLContext().Regression.Trainers.DeepMlp(s_options with { RowMemory = new() { KeepAs = "mlextensions-a.rows" } });

        empty.Should().Throw<ArgumentException>().WithMessage("*- RowMemory.KeepAs must be null or the path of a file, got 'folder/'*- RowMemory.Folder has no effect where KeepAs names a file, which is written in its own folder: leave Folder at null*");
        folder.Should().Throw<ArgumentException>().WithMessage("*- RowMemory.KeepAs must be the path of a file, and '*' is a folder*");
        ours.Should().Throw<ArgumentException>().WithMessage("*RowMemory.KeepAs must not be named as files that are removed again (mlextensions-*.rows), got 'mlextensions-a.rows'*");
    }

    private static Row[] Case(int seed = 1, int rows = Rows)
    {
        var random = new Random(seed);
        var counter = new Counter();
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            float[] numbers = [random.NextSingle(), random.NextSingle(), random.NextSingle()];
            return new Row { Numbers = numbers, Counter = counter, Label = numbers[0] - numbers[1] * numbers[2], Other = numbers[1] };
        })];
    }

    private static Fitted Fit(string? path, Row[] rows, int bytes, Func<DeepMlpOptions, DeepMlpOptions>? change = null, List<string>? log = null, Row[]? validation = null)
    {
        var ml = new MLContext(seed: 1);
        ml.Log += (_, entry) => log?.Add(entry.RawMessage);
        var options = s_options with { LabelColumnName = "Label", RowMemory = new() { MaximumBytes = bytes, KeepAs = path } };
        // A view that knows no number of rows, as a stream.
        return Trainer.Fit(LearningTask.Regression, ml, change?.Invoke(options) ?? options, ml.Data.LoadFromEnumerable(rows.Select(row => row)), validation is null ? null : ml.Data.LoadFromEnumerable(validation.Select(row => row)));
    }

    /// <summary>Counts how often features are read.</summary>
    public sealed class Counter
    {
        public int Reads { get; private set; }

        public (int Read, Action Do) At { get; set; } = (-1, () => { });

        public float[] Count(float[] numbers)
        {
            if (++Reads == At.Read)
                At.Do();
            return numbers;
        }
    }

    public sealed class Row
    {
        internal float[] Numbers { get; init; } = [];

        internal Counter Counter { get; init; } = new();

        [VectorType(3)]
        public float[] Features
        {
            get => Counter.Count(Numbers);
            set => value.CopyTo(Numbers, 0);
        }

        public float Label { get; set; }

        public float Other { get; set; }
    }
}
