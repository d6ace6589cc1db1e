using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public static class DebuggerExtensions
{
    public static DataDebuggerPreview Preview(this IDataView data, int maxRows = DataDebuggerPreview.DefaultMaxRows)
    {
        Contracts.CheckValue(data, nameof(data));
        return new DataDebuggerPreview(data, maxRows);
    }

    public static DataDebuggerPreview Preview(
        this ITransformer transformer, IDataView data, int maxRows = DataDebuggerPreview.DefaultMaxRows)
    {
        Contracts.CheckValue(transformer, nameof(transformer));
        return new DataDebuggerPreview(transformer.Transform(data), maxRows);
    }
}
