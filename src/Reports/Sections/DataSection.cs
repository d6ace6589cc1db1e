namespace MLExtensions.Reports.Sections;

/// <summary>What the network gets to see: the slots of its features, and the labels.</summary>
internal sealed class DataSection() : ReportSection("data", "Data")
{
    private const int MostSlots = 200;

    private const int MostRows = 50_000;

    private const int Bins = 20;

    public override bool IsFor(ReportFacts facts) => facts.Rows is not null;

    public override void Write(Html html, ReportFacts facts)
    {
        var column = facts.Scored!.Schema[facts.Network.FeatureColumn];
        var (slots, rows) = Summarize(facts.Scored, column);
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (column.HasSlotNames())
            column.GetSlotNames(ref names);
        string[] texts = [.. names.DenseValues().Select(name => name.ToString())];
        string Name(int slot) => slot < texts.Length && texts[slot].Length > 0 ? texts[slot] : Invariant($"slot {slot}");

        var constant = Enumerable.Range(0, slots.Length).Where(slot => slots[slot].IsConstant).ToList();
        html.Text("p", Invariant($"{Numbers.Count(rows)} rows of {Numbers.Count(slots.Length)} features in column {column.Name}, as the network gets them, before its own scaling; {Numbers.Count(slots.Sum(slot => (long)slot.Missing))} values are missing.") +
            (constant.Count > 0 ? Invariant($" Constant: {string.Join(", ", constant.Take(10).Select(Name))}{(constant.Count > 10 ? Invariant($" and {constant.Count - 10} more") : "")}.") : ""));
        html.Element("details", () =>
        {
            html.Text("summary", slots.Length > MostSlots ? Invariant($"The first {MostSlots} of {slots.Length} features") : Invariant($"All {slots.Length} features"));
            html.Table("Features", ["feature", "missing", "different values", "least", "mean", "greatest"], slots.Take(MostSlots).Select((slot, index) => (string[])
                [Name(index), Numbers.Percent((double)slot.Missing / Math.Max(1, slot.Missing + slot.Present)), slot.Distinct, Numbers.Short(slot.Minimum), Numbers.Short(slot.Mean), Numbers.Short(slot.Maximum)]));
        });
        Charts(html, [Labels(facts)]);
    }

    private static (SlotSummary[] Slots, int Rows) Summarize(IDataView data, DataViewSchema.Column column)
    {
        SlotSummary[] slots = [.. Enumerable.Range(0, ((VectorDataViewType)column.Type).Size).Select(_ => new SlotSummary())];
        using var cursor = data.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> values = default;
        int rows = 0;
        for (; rows < MostRows && cursor.MoveNext(); rows++)
        {
            getter(ref values);
            foreach (var (slot, value) in values.Items(all: true))
                slots[slot].Add(value);
        }
        return (slots, rows);
    }

    private static Chart Labels(ReportFacts facts)
    {
        var rows = facts.Rows!;
        var names = facts.Network.ClassNames;
        if (!facts.Classifies)
        {
            var labels = Histogram.Of([.. rows.Of(0).Labels.Select(label => (double)label)], Bins);
            return new Chart("Labels", ChartKind.Steps, facts.LabelColumn, "rows", [new("Rows", labels.Middles, labels.Counts)]);
        }
        double[] each = facts.Network.Task == LossTasks.MultilabelClassification
            ? [.. Enumerable.Range(0, rows.Width).Select(label => (double)rows.Of(label).Labels.Count(value => value > 0))]
            : [.. Enumerable.Range(0, names.Count).Select(index => (double)rows.Labels.Count(label => (int)label == index))];
        int[] shown = [.. Enumerable.Range(0, each.Length).OrderByDescending(index => each[index]).Take(30)];
        return new Chart("Labels", ChartKind.Bars, facts.LabelColumn, "rows", [new("Rows", [], [.. shown.Select(index => each[index])])]) { Categories = [.. shown.Select(index => names[index])] };
    }
}
