using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Pipeline.Persistence;
using MLExtensions.TestSupport;

namespace MLExtensions.Pipeline.Tests;

/// <summary>Whatever happens to a save, the path leads to a whole model.</summary>
[TestClass]
public sealed class SaveSafelyTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void SaveSafely_NewPath_IsTheArchiveThatMicrosoftMLWrites()
    {
        using var folder = new TestFolder();
        string path = folder.File("model.zip");

        _ml.Model.SaveSafely(WeighingEstimator.Transformer(), WeighingData.Load(_ml).Schema, path);

        var (safe, plain) = (new Archive(File.ReadAllBytes(path)), new Archive(SavedModels.ToBytes(WeighingEstimator.Transformer(), WeighingData.Load(_ml).Schema)));
        safe.Names.Should().Equal(plain.Names);
        foreach (string name in plain.Names)
            safe[name].Should().Equal(plain[name]);
        FilesIn(folder).Should().Equal("model.zip");
    }

    [TestMethod]
    public void SaveSafely_WithLoader_IsLoadedWithIt()
    {
        using var folder = new TestFolder();
        string path = folder.File("model.zip");
        var loader = _ml.Data.CreateTextLoader([new TextLoader.Column("Left", DataKind.Single, 0)]);

        _ml.Model.SaveSafely(WeighingEstimator.Transformer(), loader, path);

        new MLContext().Model.LoadWithDataLoader(path, out var loaded).Should().NotBeNull();
        loaded.GetOutputSchema().Single().Name.Should().Be("Left");
    }

    [TestMethod]
    public void SaveSafely_RelativePath_IsThatOfTheProcess()
    {
        string name = $"{Guid.NewGuid():N}.zip";
        try
        {
            _ml.Model.SaveSafely(WeighingEstimator.Transformer(), null, name);

            File.Exists(Path.GetFullPath(name)).Should().BeTrue();
        }
        finally
        {
            File.Delete(name);
        }
    }

    [TestMethod]
    public void SaveSafely_ModelThatFailsToSave_KeepsTheOldFileAndLeavesNothing()
    {
        using var folder = new TestFolder();
        string path = folder.File("model.zip");
        _ml.Model.SaveSafely(WeighingEstimator.Transformer(), null, path);
        byte[] before = File.ReadAllBytes(path);

        Action save = () => _ml.Model.SaveSafely(WeighingEstimator.Transformer().Append(new UnsavableTransformer()), null, path);

        save.Should().Throw<NotSupportedException>().WithMessage("It cannot be saved.");
        File.ReadAllBytes(path).Should().Equal(before);
        FilesIn(folder).Should().Equal("model.zip");
    }

    [TestMethod]
    public void SaveSafely_DiskThatIsFull_KeepsTheOldFileAndSaysSo()
    {
        using var folder = new TestFolder();
        string path = folder.File("model.zip");
        _ml.Model.SaveSafely(WeighingEstimator.Transformer(), null, path);
        byte[] before = File.ReadAllBytes(path);

        Action save = () => ReplacedFile.Write(path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new IOException("No space left on device.");
        });

        save.Should().Throw<IOException>().WithMessage($"Cannot save the model to '{path}': No space left on device. What was there is unchanged.");
        File.ReadAllBytes(path).Should().Equal(before);
        FilesIn(folder).Should().Equal("model.zip");
    }

    // ML.NET drops exceptions of the last bytes of an archive, its list of entries.
    [TestMethod]
    public void Write_ArchiveWithoutItsEnd_IsNoticed()
    {
        using var folder = new TestFolder();
        byte[] whole = SavedModels.ToBytes(WeighingEstimator.Transformer(), null);

        Action save = () => ReplacedFile.Write(folder.File("model.zip"), stream => stream.Write(whole.AsSpan(..^10)));

        save.Should().Throw<InvalidDataException>();
        FilesIn(folder).Should().BeEmpty();
    }

    [TestMethod]
    public void SaveSafely_LimitOnTheSizeOfFiles_KeepsTheOldFileAndSaysSo()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("The limit is set by a shell of Linux.");
        using var folder = new TestFolder();
        string model = folder.File("large.zip"), path = folder.File("model.zip");
        _ml.Model.SaveSafely(Large(), null, model);
        _ml.Model.SaveSafely(WeighingEstimator.Transformer(), null, path);
        byte[] before = File.ReadAllBytes(path);

        // Blocks of 1,024 bytes. Without the trap a process that writes more is ended; the runtime keeps the code that it compiles in a file.
        using var process = Start("bash", "-c", "export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 100; exec \"$0\" \"$@\"", Dotnet, "exec", OtherProcess.Program, "save", model, path);
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();

        output.Should().StartWith($"Cannot save the model to '{path}': ", "{0}", errors).And.EndWith("What was there is unchanged.\n");
        File.ReadAllBytes(path).Should().Equal(before);
        FilesIn(folder).Should().Equal("large.zip", "model.zip");
    }

    [TestMethod]
    public void SaveSafely_ProcessThatIsKilled_LeavesAModelThatLoads()
    {
        using var folder = new TestFolder();
        string model = folder.File("large.zip"), path = folder.File("model.zip");
        _ml.Model.SaveSafely(Large(), null, model);
        File.Copy(model, path);
        var random = new Random(1);

        for (int kill = 0; kill < 5; kill++)
        {
            using (var process = Start(Dotnet, "exec", OtherProcess.Program, "save", model, path))
            {
                process.StandardOutput.ReadLine().Should().Be("1");
                // At any moment of a save: whatever moment this turns out to be, what is asserted must hold.
                Thread.Sleep(random.Next(200));
                process.Kill();
                process.WaitForExit();
            }
            SavedModels.FromBytes(File.ReadAllBytes(path)).Should().BeOfType<TransformerChain<ITransformer>>();
        }
    }

    [TestMethod]
    public void SaveSafely_LeftoversOfKilledProcesses_AreDeletedAfterADay()
    {
        using var folder = new TestFolder();
        string old = folder.File($".model.zip.{Guid.NewGuid():N}.tmp"), young = folder.File($".model.zip.{Guid.NewGuid():N}.tmp");
        string[] others = [folder.File($".model.zip.{new string('x', 32)}.tmp"), folder.File($".other.zip.{Guid.NewGuid():N}.tmp"), folder.File("model.zip.tmp")];
        foreach (string file in others.Append(old).Append(young))
        {
            File.WriteAllText(file, "half");
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(file == young ? -0.9 : -2));
        }

        SaveTo(folder.File("model.zip"))();

        File.Exists(old).Should().BeFalse();
        others.Append(young).Should().OnlyContain(file => File.Exists(file));
    }

    [TestMethod]
    public void SaveSafely_ManyAtOnce_LeavesOneOfThem()
    {
        using var folder = new TestFolder();
        string path = folder.File("model.zip");

        Parallel.For(0, 20, i => new MLContext().Model.SaveSafely(new WeighingTransformer(WeighingEstimator.Description, [i, 0], [0]), null, path));

        new MLContext().Model.Load(path, out _).Should().BeOfType<WeighingTransformer>().Which.Weights[0].Should().BeInRange(0, 19);
        FilesIn(folder).Should().Equal("model.zip");
    }

    [TestMethod]
    public void SaveSafely_FolderMissingOrNoFile_SaysWhatToDo()
    {
        using var folder = new TestFolder();
        string missing = folder.File("none");

        SaveTo(Path.Combine(missing, "model.zip")).Should().Throw<DirectoryNotFoundException>()
            .WithMessage($"Cannot save the model to '{Path.Combine(missing, "model.zip")}': the folder '{missing}' does not exist; make it first.");
        SaveTo(folder.FullName).Should().Throw<IOException>().WithMessage($"Cannot save the model to '{folder.FullName}': it is a folder; add the name of a file.");
        SaveTo("").Should().Throw<ArgumentException>().WithParameterName("path");
    }

    [TestMethod]
    public void SaveSafely_LinkAndPermissions_AreKept()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TestFolder();
        string target = folder.File("target.zip"), link = folder.File("model.zip");
        File.WriteAllText(target, "old");
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.CreateSymbolicLink(link, target);

        SaveTo(link)();

        new FileInfo(link).LinkTarget.Should().Be(target);
        File.GetUnixFileMode(target).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        new MLContext().Model.Load(target, out _).Should().BeOfType<WeighingTransformer>();
    }

    private Action SaveTo(string path) => () => _ml.Model.SaveSafely(WeighingEstimator.Transformer(), null, path);

    // ML.NET's own, since the other process has none of the tests' components: many entries of 32 kB, which loading unpacks to files.
    private TransformerChain<ITransformer> Large()
    {
        var random = new Random(1);
        var words = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 2_000).Select(i => new Word { Text = $"{random.NextInt64():x}" }).ToArray());
        return new([.. Enumerable.Range(0, 20).Select(i => _ml.Transforms.Conversion.MapValueToKey($"Key{i}", "Text").Fit(words))]);
    }

    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static IEnumerable<string?> FilesIn(TestFolder folder) => Directory.GetFiles(folder.FullName).Select(Path.GetFileName).Order();

    private sealed class Word
    {
        public string Text { get; set; } = "";
    }

    private sealed class UnsavableTransformer : RowToRowTransformer
    {
        protected override RowMapping Bind(DataViewSchema inputSchema) => throw new NotSupportedException();

        protected override void Save(ComponentWriter writer) => throw new NotSupportedException("It cannot be saved.");
    }
}
