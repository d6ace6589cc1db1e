using Microsoft.ML.Runtime;
using MLExtensions.Pipeline;
using MLExtensions.Transforms;

[assembly: LoadableComponent(typeof(MinMaxScalingTransformer), typeof(MinMaxScalingLoader), MinMaxScalingLoader.Name)]

namespace MLExtensions.Transforms;

/// <summary>How min-max scaling stands in a model archive.</summary>
internal static class MinMaxScalingLoader
{
    public const string Name = "MLExtMinMaxScaling";

    private const string Minima = "minima";
    private const string Maxima = "maxima";
    private const string Divisors = "divisors";

    private static readonly ComponentFormat s_format = new(Name, 1, typeof(MinMaxScalingLoader).Assembly);

    public static void Save(ComponentWriter writer, IReadOnlyList<MinMaxScalingColumn> columns, MinMaxScalingOptions options)
    {
        var descriptions = columns.Select(column => ScaledColumnDescription.Of(column.OutputColumnName, column.InputColumnName, column.Type)).ToArray();
        var tensors = descriptions.Zip(columns, (description, column) => new[]
        {
            description.ToTensor(Minima, column.Parameters.Minima),
            description.ToTensor(Maxima, column.Parameters.Maxima),
            description.ToTensor(Divisors, column.Parameters.Divisors),
        });
        writer.Write(s_format, new Description(options, descriptions), [.. tensors.SelectMany(t => t)]);
    }

    public static MinMaxScalingTransformer Create(IHostEnvironment environment, object context) =>
        new ComponentReader(environment, context, s_format).Read<Description, MinMaxScalingTransformer>((description, tensors) =>
        {
            var failures = new OptionFailures("Min-max scaling");
            description.Options.Check(failures);
            failures.ThrowIfAny();
            ScaledColumnDescription.CheckAll(description.Columns);
            return new([.. description.Columns.Select(column => Read(column, tensors))], description.Options);
        });

    private static MinMaxScalingColumn Read(ScaledColumnDescription column, TensorSet tensors)
    {
        double[] minima = column.Take(tensors, Minima);
        double[] maxima = column.Take(tensors, Maxima);
        double[] divisors = column.Take(tensors, Divisors);
        if (minima.Zip(maxima).Any(slot => slot.First > slot.Second) || divisors.Any(divisor => divisor <= 0))
            throw new FormatException($"the minima of column '{column.OutputColumnName}' must not exceed its maxima, and its divisors must be positive");
        return new(column.OutputColumnName, column.InputColumnName, column.Type(), new([.. minima], [.. maxima], [.. divisors]));
    }

    private sealed record Description(MinMaxScalingOptions Options, IReadOnlyList<ScaledColumnDescription> Columns);
}
