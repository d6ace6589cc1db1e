using MLExtensions.Networks.Checkpoints;
using MLExtensions.TestSupport;

namespace MLExtensions.Networks.Tests.Checkpoints;

[TestClass]
public sealed class CheckpointFileTests
{
    private static readonly CheckpointDescription s_description = new()
    {
        Identity = new TrainingIdentity([new("seed", "3"), new("option Loss", "\"ä\" & <b>")]),
        FitSeed = 3,
        FitSeconds = 1.5,
        Epoch = 7,
    };

    [TestMethod]
    public void Read_WhatWasWritten_HasEveryBit()
    {
        using var folder = new TestFolder();
        string path = folder.File("a.safetensors");
        var state = State(withLong: true);

        CheckpointFile.Write(path, s_description, state);
        var (description, read) = CheckpointFile.Read(path);

        read.Names.Should().Equal(state.Names);
        foreach (string name in state.Names)
            Bits(read[name]).Should().Equal(Bits(state[name]), name);
        description.Identity.Facts.Should().Equal(s_description.Identity.Facts);
        (description.Epoch, description.FitSeed, description.FitSeconds).Should().Be((7, 3, 1.5));
        CheckpointFile.ReadDescription(path).Identity.Facts.Should().Equal(s_description.Identity.Facts);
        Directory.GetFiles(folder.FullName).Should().Equal([path], "nothing is left beside");
    }

    [TestMethod]
    public void Read_AnyByteChangedOrMissing_IsRefusedOrTheSame()
    {
        using var folder = new TestFolder();
        string path = folder.File("a.safetensors");
        CheckpointFile.Write(path, s_description, State());
        byte[] bytes = File.ReadAllBytes(path);
        int values = bytes.Length - 8 - (int)BitConverter.ToInt64(bytes);

        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 0x10;
            File.WriteAllBytes(path, changed);
            Action read = () =>
            {
                var (description, state) = CheckpointFile.Read(path);
                // Offsets and spaces, which nobody reads.
                Convert.ToHexString(File.ReadAllBytes(Rewritten(description, state))).Should().Be(Convert.ToHexString(bytes), "byte {0} counts", i);
            };
            if (i >= bytes.Length - values)
                read.Should().Throw<InvalidDataException>().WithMessage("*is damaged*not those that were written*");
            else
                (Record(read) is null or nameof(InvalidDataException)).Should().BeTrue("byte {0} gives {1}", i, Record(read));
        }
        for (int length = 0; length < bytes.Length; length += 11)
        {
            File.WriteAllBytes(path, bytes[..length]);
            ((Action)(() => CheckpointFile.Read(path))).Should().Throw<InvalidDataException>($"{length} bytes are left");
        }

        string Rewritten(CheckpointDescription description, TrainingState state)
        {
            CheckpointFile.Write(folder.File("again"), description, state);
            return folder.File("again");
        }
    }

    [TestMethod]
    public void Write_DiskRefuses_LeavesNothingBeside()
    {
        using var folder = new TestFolder();
        // A folder in the place of the file: it cannot be renamed.
        string path = folder.File("a.safetensors");
        Directory.CreateDirectory(Path.Combine(path, "full"));

        ((Action)(() => CheckpointFile.Write(path, s_description, State()))).Should().Throw<IOException>();

        Directory.GetFiles(folder.FullName).Should().BeEmpty();
    }

    [TestMethod]
    public void Read_LaterFormat_NamesWhatWroteIt()
    {
        using var folder = new TestFolder();
        string path = folder.File("a.safetensors");
        CheckpointFile.Write(path, s_description with { Format = 2, Software = "MLExtensions 9" }, State());

        ((Action)(() => CheckpointFile.Read(path))).Should().Throw<NotSupportedException>().WithMessage("*was written by a later version, MLExtensions 9*");
    }

    private static TrainingState State(bool withLong = false)
    {
        var state = new TrainingState
        {
            ["session.weights"] = new[] { 1f, float.NaN, -0f, float.PositiveInfinity, float.Epsilon },
            ["best.value"] = new[] { double.NaN },
            ["steps"] = new[] { long.MaxValue, -1 },
            ["nothing"] = Array.Empty<float>(),
        };
        if (withLong)
        {
            // Longer than a portion.
            double[] values = new double[(1 << 20) + 3];
            values[^1] = Math.PI;
            state["long"] = values;
        }
        return state;
    }

    private static byte[] Bits(Array values)
    {
        byte[] bytes = new byte[Buffer.ByteLength(values)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return [.. bytes.TakeLast(1000)];
    }

    private static string? Record(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
    }
}
