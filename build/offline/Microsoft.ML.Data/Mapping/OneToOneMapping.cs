namespace Microsoft.ML;

internal abstract class OneToOneMapping : RowMapping
{
    private readonly InputOutputColumnPair[] _pairs;
    private readonly DataViewSchema.Column[] _sources;

    protected OneToOneMapping(DataViewSchema input, InputOutputColumnPair[] pairs)
        : base(input)
    {
        _pairs = pairs;
        _sources = pairs.Select(p => input.FindInput(p.InputColumnName)).ToArray();
    }

    public sealed override DataViewSchema.DetachedColumn[] MakeOutputColumns()
        => _pairs.Select((p, i) => MakeOutputColumn(i, p.OutputColumnName, _sources[i])).ToArray();

    protected sealed override int[] SourcesOf(int output) => [_sources[output].Index];

    protected sealed override Delegate MakeGetter(DataViewRow input, int output) => MakeGetter(input, _sources[output], output);

    protected abstract DataViewSchema.DetachedColumn MakeOutputColumn(int output, string name, DataViewSchema.Column source);

    protected abstract Delegate MakeGetter(DataViewRow input, DataViewSchema.Column source, int output);
}
