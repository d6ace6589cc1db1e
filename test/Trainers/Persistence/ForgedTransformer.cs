using Microsoft.ML;
using MLExtensions.Archives;
using MLExtensions.Pipeline;

namespace MLExtensions.Trainers.Tests;

/// <summary>Saves whatever it is given under the name of a component, correctly sealed.</summary>
internal sealed class ForgedTransformer(ComponentFormat format, object description, IReadOnlyList<Tensor> tensors) : RowToRowTransformer
{
    protected override RowMapping Bind(DataViewSchema inputSchema) => throw new NotSupportedException();

    protected override void Save(ComponentWriter writer) => writer.Write(format, description, tensors);
}
