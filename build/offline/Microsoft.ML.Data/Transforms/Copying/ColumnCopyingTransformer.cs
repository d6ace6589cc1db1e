using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(
    typeof(ColumnCopyingTransformer), null, typeof(SignatureLoadModel), "Copy Columns", ColumnCopyingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "CopyTransform";

    private static readonly VersionInfo s_version = ComponentVersion.Make("COPYCOLT", LoaderSignature);

    internal ColumnCopyingTransformer(InputOutputColumnPair[] columns)
        : base(columns)
    {
    }

    private static ColumnCopyingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(s_version);
        return new ColumnCopyingTransformer(ctx.Reader.ReadPairs());
    }

    private protected override void Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(s_version);
        ctx.Writer.WritePairs(Columns);
    }

    private protected override RowMapping Bind(DataViewSchema input) => new Mapping(input, Columns);

    private sealed class Mapping : OneToOneMapping
    {
        public Mapping(DataViewSchema input, InputOutputColumnPair[] columns)
            : base(input, columns)
        {
        }

        protected override DataViewSchema.DetachedColumn MakeOutputColumn(
            int output, string name, DataViewSchema.Column source)
            => new(name, source.Type, source.Annotations);

        protected override Delegate MakeGetter(DataViewRow input, DataViewSchema.Column source, int output)
            => GenericCall.Invoke<Delegate>(input.GetGetter<int>, [source.Type.RawType], source);
    }
}
