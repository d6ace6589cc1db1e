using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Predicts single examples: binds the transformer to one row once, and later only fills that row and reads the result.</summary>
public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ExampleRow<TSrc> _input;
    private readonly Action<TDst>[] _outputs;
    private readonly bool _ownsTransformer;
    private bool _disposed;

    private protected PredictionEngineBase(ITransformer transformer, PredictionEngineOptions options)
    {
        Contracts.CheckValue(transformer, nameof(transformer));
        Transformer = transformer;
        _ownsTransformer = options.OwnsTransformer;
        _input = new ExampleRow<TSrc>(options.InputSchemaDefinition);
        Contracts.CheckParam(transformer.IsRowToRowMapper, nameof(transformer), "Must be a row to row mapper");
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(_input.Schema);
        DataViewRow output = mapper.GetRow(_input, mapper.OutputSchema);
        OutputSchema = mapper.OutputSchema;
        _outputs = new RowWriter<TDst>(OutputSchema, options.IgnoreMissingColumns, options.OutputSchemaDefinition).Bind(output);
    }

    public DataViewSchema OutputSchema { get; }

    private protected ITransformer Transformer { get; }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (_ownsTransformer)
            (Transformer as IDisposable)?.Dispose();
    }

    public TDst Predict(TSrc example)
    {
        var prediction = new TDst();
        Predict(example, ref prediction);
        return prediction;
    }

    public abstract void Predict(TSrc example, ref TDst prediction);

    private protected void ExtractValues(TSrc example)
    {
        Contracts.CheckValue(example, nameof(example));
        _input.Show(example);
    }

    private protected void FillValues(TDst prediction)
    {
        foreach (Action<TDst> fill in _outputs)
            fill(prediction);
    }
}
