using Google.Protobuf;

namespace MLExtensions.Progress.Tests;

[TestClass]
public sealed class TensorBoardProgressTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlextensions-events-").FullName;

    [TestCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Fit_Folder_GetsTheScalarsOfEachEpoch()
    {
        var history = Trainings.Fit(Trainings.Quick with { Progress = new TensorBoardProgress(_folder), MeasureTraining = true });

        var events = Read("fit-1");
        events[0].Version.Should().Be("brain.Event:2");
        events.Should().OnlyContain(entry => Math.Abs((DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeMilliseconds((long)(1000 * entry.WallTime))).TotalHours) < 1);
        events.Skip(1).Select(entry => entry.Step).Should().Equal(1, 2, 3, 4);
        foreach (var (entry, epoch) in events.Skip(1).Zip(history.Epochs))
        {
            entry.Scalars.Should().Equal(new Dictionary<string, float>
            {
                ["loss/training"] = (float)epoch.TrainingLoss,
                ["loss/validation"] = (float)epoch.ValidationLoss!,
                ["loss/training_measured"] = (float)epoch.MeasuredTrainingLoss!,
                ["accuracy/validation"] = (float)epoch.ValidationMetric!,
                ["accuracy/training"] = (float)epoch.TrainingMetric!,
                ["learning_rate"] = epoch.LearningRate,
            });
        }
    }

    [TestMethod]
    public void Fit_Diagnostics_WritesWhatIsMeasuredOfEachLayer()
    {
        var history = Trainings.Fit(Trainings.Quick with { Progress = new TensorBoardProgress(_folder), Diagnostics = new(), Activation = Activation.Relu });

        foreach (var (entry, epoch) in Read("fit-1").Skip(1).Zip(history.Epochs))
        {
            entry.Scalars["gradient_norm/0_linear"].Should().Be((float)epoch.Layers![0].GradientNorm!);
            entry.Scalars["update_ratio/0_linear"].Should().Be((float)epoch.Layers![0].UpdateRatio!);
            entry.Scalars.Keys.Where(tag => tag.StartsWith("dead_share/", StringComparison.Ordinal)).Should().ContainSingle().Which.Should().EndWith("_relu");
        }
    }

    [TestMethod]
    public void WithSteps_True_WritesEachStep()
    {
        var history = Trainings.Fit(Trainings.Quick with { Progress = new TensorBoardProgress(_folder) { WithSteps = true }, NumberOfEpochs = 1 });

        var steps = Read("fit-1").Where(entry => entry.Scalars.ContainsKey("step/loss")).ToArray();
        steps.Select(entry => entry.Step).Should().Equal(Enumerable.Range(0, (history.TrainingRows + 15) / 16).Select(step => (long)step));
        steps.Should().OnlyContain(entry => entry.Scalars["step/learning_rate"] > 0);
    }

    [TestMethod]
    public void Begin_SeveralTrainings_AreRunsOfTheirOwn()
    {
        new TensorBoardProgress(_folder).Titled("rate: 0.01").Begin(Trainings.Start()).Dispose();
        foreach (var start in new[] { Trainings.Start(fit: 2), Trainings.Start(member: 3, members: 3, isRefit: true), Trainings.Start(fit: 2) })
            new TensorBoardProgress(_folder).Begin(start).Dispose();

        Directory.GetDirectories(_folder).Select(Path.GetFileName).Should().BeEquivalentTo("rate__0.01-fit-1", "fit-2", "fit-1-member-3-refit", "fit-2_2");
    }

    [TestMethod]
    public void Report_Epoch_CanBeReadWhileTheTrainingGoesOn()
    {
        using var track = new TensorBoardProgress(_folder).Begin(Trainings.Start());

        track.Report(Trainings.Epoch(1));

        Read("fit-1").Should().HaveCount(2);
    }

    [TestMethod]
    public void Checksum_KnownBytes_IsMaskedCrc32C()
    {
        // CRC-32C of "123456789" is E3069283 in every table of checksums.
        uint crc = 0xE3069283;

        MLExtensions.Progress.EventFiles.EventFile.Checksum("123456789"u8).Should().Be(((crc >> 15) | (crc << 17)) + 0xA282EAD8);
    }

    private sealed record Event(double WallTime, long Step, string? Version, Dictionary<string, float> Scalars);

    // An independent reader: records, checksums by the plain polynomial, and the fields of event.proto.
    private List<Event> Read(string run)
    {
        string path = Directory.GetFiles(Path.Combine(_folder, run), "events.out.tfevents.*").Should().ContainSingle().Subject;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new BinaryReader(stream);
        var events = new List<Event>();
        while (stream.Position < stream.Length)
        {
            byte[] length = reader.ReadBytes(8);
            reader.ReadUInt32().Should().Be(Masked(length));
            byte[] data = reader.ReadBytes((int)BitConverter.ToInt64(length));
            reader.ReadUInt32().Should().Be(Masked(data));
            events.Add(Parse(new CodedInputStream(data)));
        }
        return events;
    }

    private static Event Parse(CodedInputStream input)
    {
        var parsed = new Event(0, 0, null, []);
        while (input.ReadTag() is var tag and not 0)
        {
            parsed = WireFormat.GetTagFieldNumber(tag) switch
            {
                1 => parsed with { WallTime = input.ReadDouble() },
                2 => parsed with { Step = input.ReadInt64() },
                3 => parsed with { Version = input.ReadString() },
                5 => parsed with { Scalars = Scalars(input.ReadBytes().CreateCodedInput()) },
                var other => throw new InvalidDataException($"field {other}"),
            };
        }
        return parsed;
    }

    private static Dictionary<string, float> Scalars(CodedInputStream summary)
    {
        var scalars = new Dictionary<string, float>();
        while (summary.ReadTag() != 0)
        {
            var value = summary.ReadBytes().CreateCodedInput();
            value.ReadTag();
            string name = value.ReadString();
            value.ReadTag();
            scalars.Add(name, value.ReadFloat());
        }
        return scalars;
    }

    private static uint Masked(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
        }
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }
}
