using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(
    typeof(ValueToKeyMappingTransformer), null, typeof(SignatureLoadModel), "Term Transform", ValueToKeyMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "TermTransform";

    private static readonly VersionInfo s_version = ComponentVersion.Make("TERMTRNF", LoaderSignature);

    private readonly Vocabulary[] _vocabularies;
    private readonly bool _keyValuesAsText;

    internal ValueToKeyMappingTransformer(InputOutputColumnPair[] columns, Vocabulary[] vocabularies, bool keyValuesAsText)
        : base(columns)
    {
        _vocabularies = vocabularies;
        _keyValuesAsText = keyValuesAsText;
    }

    private static ValueToKeyMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(s_version);
        InputOutputColumnPair[] columns = ctx.Reader.ReadPairs();
        bool keyValuesAsText = ctx.Reader.ReadBoolean();
        return new ValueToKeyMappingTransformer(columns, columns.Select(_ => Vocabulary.Read(ctx.Reader)).ToArray(), keyValuesAsText);
    }

    private protected override void Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(s_version);
        ctx.Writer.WritePairs(Columns);
        ctx.Writer.Write(_keyValuesAsText);
        foreach (Vocabulary vocabulary in _vocabularies)
            vocabulary.Write(ctx.Writer);
    }

    private protected override RowMapping Bind(DataViewSchema input) => new Mapping(input, this);

    private sealed class Mapping : OneToOneMapping
    {
        private readonly ValueToKeyMappingTransformer _owner;

        public Mapping(DataViewSchema input, ValueToKeyMappingTransformer owner)
            : base(input, owner.Columns)
        {
            _owner = owner;
        }

        protected override DataViewSchema.DetachedColumn MakeOutputColumn(
            int output, string name, DataViewSchema.Column source)
        {
            Vocabulary vocabulary = _owner._vocabularies[output];
            DataViewType sourceItem = source.Type.GetItemType();
            if (!sourceItem.Equals(vocabulary.ItemType))
            {
                throw Contracts.Except(
                    $"Could not apply a map over type '{vocabulary.ItemType}' to column '{name}' since it has type '{source.Type}'");
            }

            var key = new KeyDataViewType(typeof(uint), Math.Max(1, vocabulary.Count));
            DataViewType type = source.Type is VectorDataViewType vector ? new VectorDataViewType(key, vector.Dimensions) : key;
            var annotations = new DataViewSchema.Annotations.Builder();
            vocabulary.AddKeyValues(annotations, _owner._keyValuesAsText);
            annotations.Add(source.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
            return new DataViewSchema.DetachedColumn(name, type, annotations.ToAnnotations());
        }

        protected override Delegate MakeGetter(DataViewRow input, DataViewSchema.Column source, int output)
            => _owner._vocabularies[output].MakeKeyGetter(input, source);
    }
}
