namespace MLExtensions.Trainers.Explanation;

/// <summary>Contributions bound to an input schema: computed once per row, whichever of the two columns ask for them.</summary>
internal sealed class FeatureContributionMapping : RowMapping
{
    private readonly RowExplainer _explainer;
    private readonly DataViewSchema.Column _features;
    private readonly RowLayout _layout;

    public FeatureContributionMapping(RowExplainer explainer, DataViewSchema.Column features, RowLayout layout, SlotNames? names)
    {
        (_explainer, _features, _layout) = (explainer, features, layout);
        Columns =
        [
            new(explainer.Options.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, layout.Width), Annotations(features, names)),
            new(BaselineColumnOf(explainer.Options), NumberDataViewType.Single),
        ];
    }

    public override IReadOnlyList<DataViewSchema.DetachedColumn> Columns { get; }

    public static string BaselineColumnOf(FeatureContributionOptions options) => options.OutputColumnName + "Baseline";

    public override IEnumerable<DataViewSchema.Column> DependenciesOf(int column) => [_features];

    public override Delegate?[] CreateGetters(DataViewRow input, IReadOnlyList<bool> active)
    {
        if (!active[0] && !active[1])
            return [null, null];

        var reader = new FeatureReader(input, _features, _layout);
        float[] dense = new float[_layout.Width];
        Attributions? found = null;
        long position = long.MinValue;
        return [active[0] ? (ValueGetter<VBuffer<float>>)Contributions : null, active[1] ? (ValueGetter<float>)((ref float value) => value = (float)OfRow().BaselineScore) : null];

        Attributions OfRow()
        {
            if (found is not null && position == input.Position)
                return found;

            found = _explainer.Explain(reader.Read(dense));
            position = input.Position;
            if (!double.IsFinite(found.Error))
                RowChecks.RequireFiniteScores([float.NaN], position);
            return found;
        }

        void Contributions(ref VBuffer<float> value)
        {
            var editor = VBufferEditor.Create(ref value, _layout.Width);
            var values = OfRow().Values;
            for (int slot = 0; slot < values.Count; slot++)
                editor.Values[slot] = (float)values[slot];
            ContributionChoice.Apply(editor.Values, _explainer.Options);
            value = editor.Commit();
        }
    }

    // The names of the column to explain, or those of the column that the model was trained on.
    private static DataViewSchema.Annotations Annotations(DataViewSchema.Column features, SlotNames? names)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (features.HasSlotNames())
            builder.Add(AnnotationNames.SlotNames, features.Annotations.Schema[AnnotationNames.SlotNames].Type, features.Annotations.GetGetter<VBuffer<ReadOnlyMemory<char>>>(features.Annotations.Schema[AnnotationNames.SlotNames]));
        else if (names?.Texts is { } texts)
            LabelValues.OfTexts(texts).AddSlotNames(builder);
        return builder.ToAnnotations();
    }
}

/// <summary>Which contributions of a row are given, and in what unit.</summary>
internal static class ContributionChoice
{
    public static void Apply(Span<float> contributions, FeatureContributionOptions options)
    {
        int[] order = [.. Enumerable.Range(0, contributions.Length)];
        if (options.NumberOfPositiveContributions < contributions.Length || options.NumberOfNegativeContributions < contributions.Length)
        {
            float[] values = [.. contributions];
            // Of equal ones the first slots.
            Drop(contributions, order.Where(slot => values[slot] > 0).OrderByDescending(slot => values[slot]).Skip(options.NumberOfPositiveContributions));
            Drop(contributions, order.Where(slot => values[slot] < 0).OrderBy(slot => values[slot]).Skip(options.NumberOfNegativeContributions));
        }
        if (!options.Normalize)
            return;

        float largest = 0;
        foreach (float value in contributions)
            largest = Math.Max(largest, Math.Abs(value));
        if (largest == 0)
            return;
        foreach (ref float value in contributions)
            value /= largest;
    }

    private static void Drop(Span<float> contributions, IEnumerable<int> slots)
    {
        foreach (int slot in slots)
            contributions[slot] = 0;
    }
}
