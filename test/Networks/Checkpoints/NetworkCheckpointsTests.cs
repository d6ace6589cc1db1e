using MLExtensions.Networks.Checkpoints;
using MLExtensions.TestSupport;

namespace MLExtensions.Networks.Tests.Checkpoints;

/// <summary>When a training is written down, and what stays of it.</summary>
[TestClass]
public sealed class NetworkCheckpointsTests
{
    private static readonly TrainingIdentity s_identity = new([new("seed", "3")]);
    private readonly Clock _clock = new();

    [TestMethod]
    public void Keep_EveryEpochs_WritesThese()
    {
        Written(new() { EveryEpochs = 3 }, epochs: 10).Should().Equal(3, 6, 9);
    }

    [TestMethod]
    public void Keep_Every_WritesAfterThatTime()
    {
        Written(new() { Every = TimeSpan.FromSeconds(40) }, epochs: 10).Should().Equal(4, 8);
    }

    [TestMethod]
    public void Keep_Neither_WritesEveryMinute()
    {
        Written(new(), epochs: 13).Should().Equal(6, 12);
    }

    [TestMethod]
    public void Keep_Both_WritesAtEither()
    {
        Written(new() { EveryEpochs = 6, Every = TimeSpan.FromSeconds(40) }, epochs: 11).Should().Equal(4, 6, 10);
    }

    [TestMethod]
    public void Keep_Last_IsWrittenWheneverItComes()
    {
        using var folder = new TestFolder();
        using (var fit = Open(folder, new()))
            fit.Begin("member-1", s_identity).Keep(2, isLast: true, State);

        Epochs(folder).Should().Equal(2);
    }

    [TestMethod]
    public void Flush_WritesWhatIsNotYetWritten_Once()
    {
        using var folder = new TestFolder();
        using var fit = Open(folder, new());
        var network = fit.Begin("member-1", s_identity);
        network.Keep(5, isLast: false, State);
        Epochs(folder).Should().BeEmpty();

        network.Flush();

        Epochs(folder).Should().Equal(5);
        File.Delete(Directory.GetFiles(Inner(folder), "*.safetensors").Single());
        network.Flush();
        Epochs(folder).Should().BeEmpty();
    }

    [TestMethod]
    public void Keep_ShortEpochs_CopiesTheStateTenTimesASecond()
    {
        using var folder = new TestFolder();
        using var fit = Open(folder, new());
        var network = fit.Begin("member-1", s_identity);
        int copies = 0;
        for (int epoch = 1; epoch <= 200; epoch++)
        {
            network.Keep(epoch, isLast: false, () =>
            {
                copies++;
                return State();
            });
            _clock.Now += 0.005;
        }

        copies.Should().Be(10, "the state of each epoch would take longer than the epoch");
        network.Flush();
        Epochs(folder).Single().Should().BeInRange(180, 190, "the last copy is a tenth of a second old at most");
    }

    [TestMethod]
    public void Prune_LeavesTheLastTwoOfEachNetwork()
    {
        using var folder = new TestFolder();
        using var fit = Open(folder, new() { EveryEpochs = 1 });
        var (first, second) = (fit.Begin("member-1", s_identity), fit.Begin("member-1-refit", s_identity));
        for (int epoch = 8; epoch <= 11; epoch++)
            first.Keep(epoch, isLast: false, State);
        second.Keep(1, isLast: false, State);

        Directory.GetFiles(Inner(folder), "*.safetensors").Select(Path.GetFileName).Should()
            .BeEquivalentTo("member-1-epoch-10.safetensors", "member-1-epoch-11.safetensors", "member-1-refit-epoch-1.safetensors");
    }

    [TestMethod]
    public void Begin_NewestDamaged_TakesTheOneBefore()
    {
        using var folder = new TestFolder();
        using (var fit = Open(folder, new() { EveryEpochs = 1 }))
        {
            var network = fit.Begin("member-1", s_identity);
            network.Keep(1, isLast: false, () => new TrainingState { ["epoch"] = new long[] { 1 } });
            network.Keep(2, isLast: false, State);
        }
        string newest = Directory.GetFiles(Inner(folder), "*-2.safetensors").Single();
        File.WriteAllBytes(newest, File.ReadAllBytes(newest)[..^1]);
        var warnings = new List<string>();

        using var again = Open(folder, new(), warnings);
        var state = again.Begin("member-1", s_identity).Resume;

        ((long[])state!["epoch"]).Should().Equal(1);
        warnings.Should().ContainSingle().Which.Should().Match("The checkpoint '*member-1-epoch-2.safetensors' is damaged: *The one before is taken*");
    }

    [TestMethod]
    public void Keep_AfterLaterOnesWereDamaged_IsNotPrunedForThem()
    {
        using var folder = new TestFolder();
        using (var fit = Open(folder, new() { EveryEpochs = 1 }))
        {
            var network = fit.Begin("member-1", s_identity);
            network.Keep(8, isLast: false, State);
            network.Keep(9, isLast: false, State);
        }
        foreach (string file in Directory.GetFiles(Inner(folder), "*.safetensors"))
            File.WriteAllText(file, "damaged");
        File.WriteAllText(Path.Combine(Inner(folder), "of-others.safetensors"), "");

        using var again = Open(folder, new() { EveryEpochs = 1 });
        var anew = again.Begin("member-1", s_identity);
        anew.Resume.Should().BeNull();
        anew.Keep(1, isLast: false, State);
        anew.Keep(2, isLast: false, State);

        Directory.GetFiles(Inner(folder), "*.safetensors").Select(Path.GetFileName).Should()
            .BeEquivalentTo("member-1-epoch-1.safetensors", "member-1-epoch-2.safetensors", "of-others.safetensors");
    }

    [TestMethod]
    public void Open_OfALaterVersion_IsRefusedAndLeftAsItIs()
    {
        using var folder = new TestFolder();
        using (var fit = Open(folder, new() { EveryEpochs = 1 }))
            fit.Begin("member-1", s_identity).Keep(3, isLast: true, State);
        string path = Directory.GetFiles(Inner(folder), "*.safetensors").Single();
        var (description, state) = CheckpointFile.Read(path);
        CheckpointFile.Write(path, description with { Format = 2, Software = "MLExtensions 9" }, state);

        Action open = () => Open(folder, new()).Dispose();

        open.Should().Throw<NotSupportedException>().WithMessage("*was written by a later version, MLExtensions 9: go on with that, or choose another folder.");
        open.Should().Throw<NotSupportedException>("the folder is free for others");
        File.Exists(path).Should().BeTrue();
    }

    [TestMethod]
    public void Begin_FinishedButDamaged_IsATrainingThatIsNotFinished()
    {
        using var folder = new TestFolder();
        using (var fit = Open(folder, new()))
        {
            fit.Begin("member-1", s_identity).Keep(3, isLast: true, State);
            fit.Finish();
        }
        File.WriteAllText(Directory.GetFiles(Inner(folder), "*.safetensors").Single(), "damaged");
        using (var again = Open(folder, new() { EveryEpochs = 1 }))
            again.Begin("member-1", s_identity).Keep(1, isLast: false, State);

        using var third = Open(folder, new());
        Action other = () => third.Begin("member-1", new([new("seed", "4")]));

        other.Should().Throw<InvalidOperationException>().WithMessage("*a training that was not finished, after epoch 1*seed: 3 then, 4 now*");
    }

    [TestMethod]
    public void Finish_DiskRefuses_Warns()
    {
        using var folder = new TestFolder();
        var warnings = new List<string>();
        using var fit = Open(folder, new(), warnings);
        Directory.Delete(Inner(folder), recursive: true);

        fit.Finish();

        warnings.Should().ContainSingle().Which.Should().StartWith("that the training came to its end could not be noted in '");
    }

    [TestMethod]
    public void Keep_DiskRefuses_WarnsOnceAndGoesOn()
    {
        using var folder = new TestFolder();
        var warnings = new List<string>();
        using var fit = Open(folder, new() { EveryEpochs = 1 }, warnings);
        var network = fit.Begin("member-1", s_identity);
        Directory.Delete(Inner(folder), recursive: true);

        network.Keep(1, isLast: false, State);
        network.Keep(2, isLast: false, State);

        warnings.Should().ContainSingle().Which.Should().StartWith("the checkpoint after epoch 1 could not be written:");
        Directory.CreateDirectory(Inner(folder));
        network.Keep(3, isLast: false, State);
        Epochs(folder).Should().Equal(3);
    }

    [TestMethod]
    public void TimeBefore_OfAnInterruptedFit_IsWhatItTook()
    {
        using var folder = new TestFolder();
        using (var fit = Open(folder, new() { EveryEpochs = 1 }))
        {
            var network = fit.Begin("member-1", s_identity);
            _clock.Now += 90;
            network.Keep(1, isLast: false, State);
        }
        _clock.Now += 1000;

        using (var again = Open(folder, new() { EveryEpochs = 1 }))
        {
            again.TimeBefore.Should().Be(TimeSpan.FromSeconds(90));
            var network = again.Begin("member-1", s_identity);
            _clock.Now += 5;
            network.Keep(2, isLast: false, State);
        }
        using var third = Open(folder, new());
        third.TimeBefore.Should().Be(TimeSpan.FromSeconds(95));
    }

    [TestMethod]
    public void Open_HalfWrittenFile_IsRemoved()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(Inner(folder));
        File.WriteAllText(Path.Combine(Inner(folder), "member-1-epoch-2.safetensors.unfinished"), "half");

        using var fit = Open(folder, new());

        Directory.GetFiles(Inner(folder), "*.unfinished").Should().BeEmpty();
    }

    [TestMethod]
    public void Open_FolderInUse_IsRefused()
    {
        using var folder = new TestFolder();
        using var fit = Open(folder, new());

        Action second = () => Open(folder, new()).Dispose();

        second.Should().Throw<IOException>().WithMessage("Checkpoint.Folder: another training uses '*fit-1' at the moment*");
    }

    [TestMethod]
    public void Open_FileInPlaceOfTheFolder_IsRefused()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("taken"), "");

        Action open = () => new FitCheckpoints(new() { Folder = folder.File("taken") }, 1, _clock).Dispose();

        open.Should().Throw<IOException>().WithMessage("Checkpoint.Folder: '*fit-1' cannot be made: *Choose another folder.");
    }

    [TestMethod]
    [DataRow("", null, 0, "Checkpoint.Folder must be the path of a folder, got an empty text")]
    [DataRow("a", 0, 0, "Checkpoint.EveryEpochs must be at least 1, got 0")]
    [DataRow("a", null, -1, "Checkpoint.Every must be positive, got -00:00:01")]
    public void Validate_Impossible_IsNamed(string folder, int? epochs, int seconds, string message)
    {
        var options = new CheckpointOptions { Folder = folder, EveryEpochs = epochs, Every = seconds == 0 ? null : TimeSpan.FromSeconds(seconds) };

        options.Validate().Should().Equal(message);
    }

    private static string Inner(TestFolder folder) => folder.File("fit-1");

    private static IEnumerable<int> Epochs(TestFolder folder) =>
        Directory.GetFiles(Inner(folder), "*.safetensors").Select(file => CheckpointFile.ReadDescription(file).Epoch).Order();

    private static TrainingState State() => new() { ["epoch"] = new long[] { 9 } };

    private FitCheckpoints Open(TestFolder folder, CheckpointOptions options, List<string>? warnings = null) =>
        new(options with { Folder = folder.FullName }, 1, _clock) { Warn = message => warnings?.Add(message) };

    // An epoch takes ten seconds.
    private List<int> Written(CheckpointOptions options, int epochs)
    {
        using var folder = new TestFolder();
        using var fit = Open(folder, options);
        var network = fit.Begin("member-1", s_identity);
        var written = new List<int>();
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            _clock.Now += 10;
            network.Keep(epoch, isLast: false, State);
            if (Epochs(folder).LastOrDefault() == epoch)
                written.Add(epoch);
        }
        return written;
    }

    private sealed class Clock : TimeProvider
    {
        public double Now { get; set; } = 1000;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Now * 1000);
    }
}
