using Microsoft.ML.Runtime;
using MLExtensions.Pipeline;

namespace MLExtensions.Transforms;

/// <summary>Writes scalers of one kind into model archives and reads them from there. ML.NET finds <see cref="Create"/>.</summary>
internal static class ScalingLoader<TLayout, TTransformer, TOptions, TParameters>
    where TLayout : IScalingLayout<TTransformer, TOptions, TParameters>
    where TOptions : class, IScalingOptions
{
    private static readonly ComponentFormat s_format = new(TLayout.LoaderName, 1, typeof(TLayout).Assembly);

    public static void Save(ComponentWriter writer, IReadOnlyList<ScaledColumn<TParameters>> columns, TOptions options)
    {
        var descriptions = columns.Select(column => ScaledColumnDescription.Of(column.OutputColumnName, column.InputColumnName, column.Type, TLayout.Describe(column.Parameters))).ToArray();
        var tensors = descriptions.Zip(columns, (description, column) =>
            TLayout.Write(column.Parameters).Select(description.ToTensor));
        writer.Write(s_format, new Description(options, descriptions), [.. tensors.SelectMany(t => t)]);
    }

    public static TTransformer Create(IHostEnvironment environment, object context) =>
        new ComponentReader(environment, context, s_format).Read<Description, TTransformer>((description, tensors) =>
        {
            var failures = new OptionFailures(TLayout.LoaderName);
            description.Options.Check(failures);
            failures.ThrowIfAny();
            ScaledColumnDescription.CheckAll(description.Columns);
            return TLayout.Create([.. description.Columns.Select(column => Read(column, tensors))], description.Options);
        });

    private static ScaledColumn<TParameters> Read(ScaledColumnDescription column, TensorSet tensors) =>
        new(column.OutputColumnName, column.InputColumnName, column.Type(), TLayout.Read(new(column, tensors)));

    private sealed record Description(TOptions Options, IReadOnlyList<ScaledColumnDescription> Columns);
}
