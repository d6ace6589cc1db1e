using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLExtensions.Pipeline;
using MLExtensions.Pipeline.Tests;

[assembly: LoadableComponent(typeof(WeighingTransformer), typeof(WeighingLoader), WeighingLoader.Name)]

namespace MLExtensions.Pipeline.Tests;

/// <summary>The plainest third-party component: adds <c>Weighted</c> from two columns, and <c>Doubled</c> from one of them.</summary>
internal sealed class WeighingTransformer(WeighingDescription description, float[] weights, double[] bias, int formatVersion = 1)
    : RowToRowTransformer
{
    public int GettersMade;

    public float[] Weights => weights;

    protected override RowMapping Bind(DataViewSchema inputSchema) => new WeighingMapping(this,
        Find(inputSchema, "left", description.Left), Find(inputSchema, "right", description.Right));

    protected override void Save(ComponentWriter writer) =>
        writer.Write(WeighingLoader.FormatOf(formatVersion), description, [new("weights", [2], weights), new("bias", [1], bias)]);

    public float Weigh(float left, float right) => (float)(weights[0] * left + weights[1] * right + bias[0]);

    private static DataViewSchema.Column Find(DataViewSchema schema, string role, string name) =>
        SchemaChecks.Require(schema, role, name, "Single", type => type == NumberDataViewType.Single);
}

internal sealed record WeighingDescription(string Left, string Right, WeighingMode Mode = WeighingMode.Plain);

internal enum WeighingMode
{
    Plain,
    Other,
}

internal sealed class WeighingMapping(WeighingTransformer transformer, DataViewSchema.Column left, DataViewSchema.Column right) : RowMapping
{
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Columns { get; } =
        [new("Weighted", NumberDataViewType.Single), new("Doubled", NumberDataViewType.Single)];

    public override IEnumerable<DataViewSchema.Column> DependenciesOf(int column) => column == 0 ? [left, right] : [left];

    public override Delegate?[] CreateGetters(DataViewRow input, IReadOnlyList<bool> active)
    {
        Interlocked.Increment(ref transformer.GettersMade);
        var leftGetter = active[0] || active[1] ? input.GetGetter<float>(left) : null;
        var rightGetter = active[0] ? input.GetGetter<float>(right) : null;
        return
        [
            active[0] ? (ValueGetter<float>)((ref float value) => value = transformer.Weigh(Read(leftGetter!), Read(rightGetter!))) : null,
            active[1] ? (ValueGetter<float>)((ref float value) => value = 2 * Read(leftGetter!)) : null,
        ];
    }

    private static float Read(ValueGetter<float> getter)
    {
        float value = 0;
        getter(ref value);
        return value;
    }
}

internal static class WeighingLoader
{
    public const string Name = "MLExtTestWeighing";

    public static ComponentFormat FormatOf(int version) => new(Name, version, typeof(WeighingLoader).Assembly);

    public static WeighingTransformer Create(IHostEnvironment environment, object context) =>
        new ComponentReader(environment, context, FormatOf(1)).Read<WeighingDescription, WeighingTransformer>(
            (description, tensors) => new(description, tensors.TakeSingles("weights", 2), tensors.TakeDoubles("bias", 1)), _ => 2 * sizeof(float) + sizeof(double));
}
