using MLExtensions.TestSupport;
using MLExtensions.Tuning.Dimensions;
using MLExtensions.Tuning.Storage;
using MLExtensions.Tuning.Trials;

namespace MLExtensions.Tuning.Tests.Storage;

[TestClass]
public sealed class TrialStoreTests
{
    private static readonly DimensionList s_dimensions = new([new NumberDimension("x", 0, 1), new ChoiceDimension("kind", ["a", "b, \"ä\""])]);
    private static readonly SearchIdentity s_identity = new([.. s_dimensions.All.Select(dimension => dimension.Description)], "100 rows, 1f", "RMSE", "{ }") { Seed = 7 };

    [TestMethod]
    public void Begin_AndEnd_AreThereForTheNext()
    {
        using var folder = new TestFolder();
        string path = folder.File("search.jsonl");
        TrialRecord ended;
        using (var store = Open(path))
        {
            var trial = store.Begin(Choose)!;
            ended = trial with { State = TrialState.Complete, Score = 0.1 + 0.2, Folds = [0.25, double.NaN], Rungs = new Dictionary<int, double> { [3] = 1 / 3.0 }, LastRung = 0.3, Epochs = 12, Seconds = 1.5, Reason = "line\nbreak" };
            store.End(ended);
        }

        using var again = Open(path, seed: 99);

        again.Trials.Should().ContainSingle().Which.Should().BeEquivalentTo(ended);
        again.Seed.Should().Be(7, "a search goes on with its own seed");
        File.ReadAllLines(path).Should().HaveCount(3);
    }

    [TestMethod]
    public void End_OfATrial_IsInTheFileAtOnce()
    {
        using var folder = new TestFolder();
        string path = folder.File("search.jsonl");
        using var store = Open(path);

        store.End(store.Begin(Choose)! with { State = TrialState.Failed, Reason = "why" });

        File.ReadAllText(path).Should().EndWith("\n").And.Contain("\"reason\":\"why\"");
    }

    [TestMethod]
    public void Begin_InTwoStores_GivesEachItsOwnNumberAndSeesTheOthers()
    {
        using var folder = new TestFolder();
        string path = folder.File("search.jsonl");
        using var one = Open(path);
        using var two = Open(path);

        var first = one.Begin(Choose)!;
        int seen = 0;
        var second = two.Begin((trials, number) =>
        {
            seen = trials.Count;
            return Choose(trials, number);
        })!;

        (first.Number, second.Number, seen).Should().Be((1, 2, 1));
        two.End(second with { State = TrialState.Complete, Score = 5 });
        one.Refresh();
        one.Trials[1].Score.Should().Be(5);
    }

    [TestMethod]
    public void Begin_WhereAWorkerHasDied_TakesUpWhatItLeft()
    {
        using var folder = new TestFolder();
        string path = folder.File("search.jsonl");
        TrialRecord left;
        using (var store = Open(path))
            left = store.Begin(Choose)!;

        using var again = Open(path);
        var taken = again.Begin((_, _) => throw new InvalidOperationException("Nothing new is to be chosen."))!;

        taken.Should().BeEquivalentTo(left with { Worker = taken.Worker });
        taken.Worker.Should().NotBe(left.Worker);
        Directory.GetFiles(folder.FullName, "*.worker").Should().ContainSingle("that of the living one");
    }

    [TestMethod]
    public void Begin_WhereAWorkerLives_LeavesItsTrialAlone()
    {
        using var folder = new TestFolder();
        using var one = Open(folder.File("search.jsonl"));
        using var two = Open(folder.File("search.jsonl"));
        one.Begin(Choose);

        two.Begin(Choose)!.Number.Should().Be(2);
        two.Begin((_, _) => null).Should().BeNull();
    }

    [TestMethod]
    public void Open_ATornLastLine_GoesOnWithoutIt()
    {
        using var folder = new TestFolder();
        string path = folder.File("search.jsonl");
        using (var store = Open(path))
            store.End(store.Begin(Choose)! with { State = TrialState.Complete, Score = 1 });
        byte[] whole = File.ReadAllBytes(path);
        int lastLine = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;

        for (int length = lastLine; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            using var store = Open(path);

            var taken = store.Begin((_, _) => null)!;
            taken.Number.Should().Be(1);
            File.ReadAllText(path).Should().EndWith("}\n", "what was torn is gone");
            store.End(taken with { State = TrialState.Complete, Score = 2 });

            using var reader = Open(path);
            reader.Trials.Single().Score.Should().Be(2, "cut at {0}", length);
        }
    }

    [TestMethod]
    public void Open_ATornHead_BeginsAnew()
    {
        using var folder = new TestFolder();
        string path = folder.File("search.jsonl");
        File.WriteAllText(path, "{\"Space\":[\"x");

        using var store = Open(path);

        File.ReadAllLines(path).Should().ContainSingle().Which.Should().Contain("\"Seed\":7");
    }

    [TestMethod]
    public void Open_AnUnreadableLine_LeavesItOutAndSaysSo()
    {
        using var folder = new TestFolder();
        string path = folder.File("search.jsonl");
        using (var store = Open(path))
            store.End(store.Begin(Choose)! with { State = TrialState.Complete, Score = 1 });
        File.WriteAllLines(path, [.. File.ReadAllLines(path), "{\"trial\":2,\"state\":\"Complete\"}", "garbage"]);
        List<string> warnings = [];

        using var again = Open(path, warn: warnings.Add);

        again.Trials.Should().ContainSingle();
        warnings.Should().HaveCount(2);
        warnings[0].Should().StartWith("line 4 of").And.EndWith("is no trial of this search, and was left out.");
    }

    [TestMethod]
    public void Open_AnotherSearch_IsRefusedWithTheDifference()
    {
        using var folder = new TestFolder();
        string path = folder.File("search.jsonl");
        Open(path).Dispose();
        void ShouldThrow(SearchIdentity other, string message) =>
            this.Invoking(_ => TrialStore.Open(path, other, s_dimensions, _ => { })).Should().Throw<InvalidOperationException>().WithMessage(message);

        ShouldThrow(s_identity with { Data = "101 rows, 2e" }, "*another one. Its data: 100 rows, 1f; of this one: 101 rows, 2e. Give TuningOptions.Store another path*");
        ShouldThrow(s_identity with { Objective = "MAE" }, "*Its objective: RMSE; of this one: MAE.*");
        ShouldThrow(s_identity with { Options = "{ Seed = 1 }" }, "*Its options: { }; of this one: { Seed = 1 }.*");
        ShouldThrow(s_identity with { Space = ["x: a number from 0 to 2", s_identity.Space[1]] }, "*has no 'x: a number from 0 to 2' (there: 'x: a number from 0 to 1').*");
        ShouldThrow(s_identity with { Space = [s_identity.Space[0]] }, "*Its space has 'kind: one of*and this one has not.*");
        ShouldThrow(s_identity with { Space = [s_identity.Space[1], s_identity.Space[0]] }, "*Its dimensions are in another order.*");
    }

    [TestMethod]
    public void Open_ALaterFormatOrNoSearch_IsRefused()
    {
        using var folder = new TestFolder();
        string later = folder.File("later.jsonl"), other = folder.File("other.jsonl");
        TrialStore.Open(later, s_identity with { Format = 2 }, s_dimensions, _ => { }).Dispose();
        File.WriteAllText(other, "a,b\n1,2\n");

        this.Invoking(_ => Open(later)).Should().Throw<InvalidOperationException>().WithMessage("*later version (format 2, and this one knows 1)*");
        this.Invoking(_ => Open(other)).Should().Throw<InvalidOperationException>().WithMessage("*holds no search*");
        File.ReadAllText(other).Should().Be("a,b\n1,2\n", "what is not ours is not touched");
    }

    [TestMethod]
    public void Begin_FromManyStoresAtOnce_LosesAndRepeatsNothing()
    {
        using var folder = new TestFolder();
        string path = folder.File("search.jsonl");
        const int Stores = 4, Each = 15;

        using var start = new Barrier(Stores);
        List<Thread> threads = [.. Enumerable.Range(0, Stores).Select(_ => new Thread(() =>
        {
            using var store = Open(path);
            start.SignalAndWait();
            for (int i = 0; i < Each; i++)
            {
                // Long enough for others to come in between, if they could.
                var trial = store.Begin((trials, number) =>
                {
                    Thread.Sleep(3);
                    return Choose(trials, number);
                })!;
                store.End(trial with { State = TrialState.Complete, Score = i });
            }
        }))];
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        using var all = Open(path);
        all.Trials.Select(trial => trial.Number).Should().Equal(Enumerable.Range(1, Stores * Each));
        all.Trials.Should().OnlyContain(trial => trial.State == TrialState.Complete);
    }

    [TestMethod]
    public void Open_WithoutAPath_KeepsTrialsInMemory()
    {
        using var store = Open(null);

        store.End(store.Begin(Choose)! with { State = TrialState.Complete, Score = 3 });

        store.Begin(Choose)!.Number.Should().Be(2);
        store.Trials.Select(trial => trial.State).Should().Equal(TrialState.Complete, TrialState.Running);
    }

    private static TrialStore Open(string? path, int seed = 7, Action<string>? warn = null) => TrialStore.Open(path, s_identity with { Seed = seed }, s_dimensions, warn ?? (_ => { }));

    private static SearchPoint Choose(IReadOnlyList<TrialRecord> trials, int number) => new([new("x", 1.0 / (number + 2)), new("kind", number % 2)]);
}
