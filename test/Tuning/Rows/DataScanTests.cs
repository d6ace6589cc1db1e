using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Tuning.Rows;

namespace MLExtensions.Tuning.Tests.Rows;

[TestClass]
public sealed class DataScanTests
{
    private static readonly MLContext s_ml = new(1);

    [TestMethod]
    public void Hash_OfRows_ChangesWithAnyValueOrderOrName()
    {
        Hash(_ => { }).Should().Be(Hash(_ => { }));
        ulong[] others =
        [
            Hash(rows => rows[3].Features[1] += 1e-6f), Hash(rows => rows[3].Number = 4), Hash(rows => rows[3].Sign = !rows[3].Sign), Hash(rows => rows[3].Name += " "),
            Hash(rows => rows[3].Labels[0] = !rows[3].Labels[0]), Hash(rows => (rows[3], rows[4]) = (rows[4], rows[3])), Hash(_ => { }, "Other"), Hash(rows => rows[3].Name = rows[3].Group),
        ];
        others.Append(Hash(_ => { })).Should().OnlyHaveUniqueItems();
    }

    [TestMethod]
    public void Hash_OfSparseAndOtherTypes_SeesThem()
    {
        ulong Of(float value, DateTime time, ulong large)
        {
            var data = s_ml.Data.LoadFromEnumerable([new Odd { Sparse = new VBuffer<float>(1000, 1, [value], [7]), Time = time, Large = large }], SchemaDefinition.Create(typeof(Odd)));
            return DataScan.Of(data, null, null, hashes: true, () => false).Hash;
        }
        var day = new DateTime(2020, 1, 1);

        new[] { Of(1, day, 1), Of(2, day, 1), Of(1, day.AddTicks(1), 1), Of(1, day, ulong.MaxValue) }.Should().OnlyHaveUniqueItems();
    }

    [TestMethod]
    public void Classes_AndGroups_AreNumberedAsTheyAreMet()
    {
        var data = TestRows.View(s_ml, 30);

        var scan = DataScan.Of(data, data.Schema["Name"], data.Schema["Group"], hashes: false, () => false);

        (scan.Rows, scan.Hash).Should().Be((30, 0UL));
        scan.Groups.Should().Equal(Enumerable.Range(0, 30).Select(row => row % 10));
        scan.Classes!.Distinct().Should().Equal(0, 1, 2);
    }

    [TestMethod]
    public void SubsetView_OfOtherRowsThanBefore_IsRefused()
    {
        foreach (int more in new[] { -1, 1 })
        {
            var view = new SubsetView(TestRows.View(s_ml, 10), new bool[10 + more]);

            view.Invoking(v => v.GetRowCursor([]).MoveNext()).Should().Throw<InvalidOperationException>().WithMessage($"*{(more < 0 ? "more" : "fewer")} rows than before, when it had {10 + more}*");
        }
    }

    [TestMethod]
    public void SubsetView_OfSomeRows_HasThoseInOrder()
    {
        var view = new SubsetView(TestRows.View(s_ml, 20), [.. Enumerable.Range(0, 20).Select(row => row % 3 == 0)]);

        view.GetRowCount().Should().Be(7);
        view.GetColumn<string>("Group").Should().Equal("g0", "g3", "g6", "g9", "g2", "g5", "g8");
    }

    private static ulong Hash(Action<TestRows.Row[]> change, string? renamed = null)
    {
        var rows = TestRows.Make(20);
        change(rows);
        var data = s_ml.Data.LoadFromEnumerable(rows);
        if (renamed is not null)
            data = s_ml.Transforms.CopyColumns(renamed, "Raw").Append(s_ml.Transforms.DropColumns("Raw")).Fit(data).Transform(data);
        return DataScan.Of(data, null, null, hashes: true, () => false).Hash;
    }

    private sealed class Odd
    {
        [VectorType(1000)] public VBuffer<float> Sparse { get; set; }
        public DateTime Time { get; set; }
        public ulong Large { get; set; }
    }
}
