using Microsoft.ML.Runtime;
using MLExtensions.Pipeline;
using MLExtensions.Transforms;

[assembly: LoadableComponent(typeof(StandardScalingTransformer), typeof(StandardScalingLoader), StandardScalingLoader.Name)]

namespace MLExtensions.Transforms;

/// <summary>How standard scaling stands in a model archive.</summary>
internal static class StandardScalingLoader
{
    public const string Name = "MLExtStandardScaling";

    private const string Means = "means";
    private const string StandardDeviations = "standard_deviations";
    private const string Divisors = "divisors";

    private static readonly ComponentFormat s_format = new(Name, 1, typeof(StandardScalingLoader).Assembly);

    public static void Save(ComponentWriter writer, IReadOnlyList<StandardScalingColumn> columns, StandardScalingOptions options)
    {
        var descriptions = columns.Select(column => ScaledColumnDescription.Of(column.OutputColumnName, column.InputColumnName, column.Type)).ToArray();
        var tensors = descriptions.Zip(columns, (description, column) => new[]
        {
            description.ToTensor(Means, column.Parameters.Means),
            description.ToTensor(StandardDeviations, column.Parameters.StandardDeviations),
            description.ToTensor(Divisors, column.Parameters.Divisors),
        });
        writer.Write(s_format, new Description(options, descriptions), [.. tensors.SelectMany(t => t)]);
    }

    public static StandardScalingTransformer Create(IHostEnvironment environment, object context) =>
        new ComponentReader(environment, context, s_format).Read<Description, StandardScalingTransformer>((description, tensors) =>
        {
            var failures = new OptionFailures("Standard scaling");
            description.Options.Check(failures);
            failures.ThrowIfAny();
            ScaledColumnDescription.CheckAll(description.Columns);
            return new([.. description.Columns.Select(column => Read(column, tensors))], description.Options);
        });

    private static StandardScalingColumn Read(ScaledColumnDescription column, TensorSet tensors)
    {
        double[] means = column.Take(tensors, Means);
        double[] deviations = column.Take(tensors, StandardDeviations);
        double[] divisors = column.Take(tensors, Divisors);
        if (deviations.Any(deviation => deviation < 0) || divisors.Any(divisor => divisor <= 0))
            throw new FormatException($"the standard deviations of column '{column.OutputColumnName}' must not be negative, and its divisors must be positive");
        return new(column.OutputColumnName, column.InputColumnName, column.Type(), new([.. means], [.. deviations], [.. divisors]));
    }

    private sealed record Description(StandardScalingOptions Options, IReadOnlyList<ScaledColumnDescription> Columns);
}
