using Microsoft.ML.Runtime;
using MLExtensions.Pipeline;
using MLExtensions.Transforms;

[assembly: LoadableComponent(typeof(InverseScalingTransformer), typeof(InverseScalingLoader), InverseScalingLoader.Name)]

namespace MLExtensions.Transforms;

/// <summary>How an inverse stands in a model archive.</summary>
internal static class InverseScalingLoader
{
    public const string Name = "MLExtInverseScaling";

    private const string Centers = "centers";
    private const string Divisors = "divisors";
    private const string Factors = "factors";
    private const string Offsets = "offsets";

    private static readonly ComponentFormat s_format = new(Name, 1, typeof(InverseScalingLoader).Assembly);

    public static void Save(ComponentWriter writer, IReadOnlyList<ScaledColumn> columns)
    {
        var descriptions = columns.Select(column => ScaledColumnDescription.Of(column.OutputColumnName, column.InputColumnName, column.Type)).ToArray();
        var tensors = descriptions.Zip(columns, (description, column) => new[]
        {
            description.ToTensor(Centers, column.Map.Centers),
            description.ToTensor(Divisors, column.Map.Divisors),
            description.ToTensor(Factors, column.Map.Factors),
            description.ToTensor(Offsets, column.Map.Offsets),
        });
        writer.Write(s_format, new Description(descriptions), [.. tensors.SelectMany(t => t)]);
    }

    // A zero divisor or factor, which an inverse cannot have, is refused by the map.
    public static InverseScalingTransformer Create(IHostEnvironment environment, object context) =>
        new ComponentReader(environment, context, s_format).Read<Description, InverseScalingTransformer>((description, tensors) =>
        {
            ScaledColumnDescription.CheckAll(description.Columns);
            return new([.. description.Columns.Select(column => Read(column, tensors))]);
        });

    private static ScaledColumn Read(ScaledColumnDescription column, TensorSet tensors) =>
        new(column.OutputColumnName, column.InputColumnName, column.Type(), new AffineMap(
            column.Take(tensors, Centers), column.Take(tensors, Divisors), column.Take(tensors, Factors), column.Take(tensors, Offsets)));

    private sealed record Description(IReadOnlyList<ScaledColumnDescription> Columns);
}
