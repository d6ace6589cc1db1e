using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline.Tests;

/// <summary>Adds <c>Sum</c>, of two columns, for all rows at once that a cursor has read ahead, and tells how many those were.</summary>
internal sealed class SummingTransformer : RowToRowTransformer
{
    /// <summary>For each row that was asked for, in order: the rows that were held, and the place of the row; (0, 0) where none were.</summary>
    public List<(int Count, int Place)> Asked { get; } = [];

    /// <summary>Whether the rows of the last getters are such as are read ahead.</summary>
    public bool? ReadsAhead { get; private set; }

    protected override RowMapping Bind(DataViewSchema inputSchema) => new Mapping(this, inputSchema["Left"], inputSchema["Right"]);

    protected override void Save(ComponentWriter writer) => throw new NotSupportedException();

    private sealed class Mapping(SummingTransformer transformer, DataViewSchema.Column left, DataViewSchema.Column right) : RowMapping
    {
        public override IReadOnlyList<DataViewSchema.DetachedColumn> Columns { get; } = [new("Sum", NumberDataViewType.Single), new("Alone", NumberDataViewType.Single)];

        public override IEnumerable<DataViewSchema.Column> DependenciesOf(int column) => [left, right];

        public override bool ReadsAhead(int column) => column == 0;

        public override Delegate?[] CreateGetters(DataViewRow input, IReadOnlyList<bool> active)
        {
            var block = input as IRowBlock;
            transformer.ReadsAhead = block is not null;
            var (getLeft, getRight) = (input.GetGetter<float>(left), input.GetGetter<float>(right));
            return [active[0] ? (ValueGetter<float>)Sum : null, active[1] ? getLeft : null];

            void Sum(ref float value)
            {
                if (block?.Ask() is >= 0 and var place)
                {
                    transformer.Asked.Add((block.Values<float>(left).Length, place));
                    value = block.Values<float>(left)[place] + block.Values<float>(right)[place];
                    return;
                }

                transformer.Asked.Add((0, 0));
                float other = 0;
                getLeft(ref value);
                getRight(ref other);
                value += other;
            }
        }
    }
}
