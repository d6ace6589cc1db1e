using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(
    typeof(TypeConvertingTransformer), null, typeof(SignatureLoadModel), "Convert Transform", TypeConvertingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "ConvertTransform";

    private static readonly VersionInfo s_version = ComponentVersion.Make("CONVERTF", LoaderSignature);

    private readonly DataKind _outputKind;

    internal TypeConvertingTransformer(InputOutputColumnPair[] columns, DataKind outputKind)
        : base(columns)
    {
        _outputKind = outputKind;
    }

    private static TypeConvertingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(s_version);
        return new TypeConvertingTransformer(ctx.Reader.ReadPairs(), (DataKind)ctx.Reader.ReadByte());
    }

    private protected override void Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(s_version);
        ctx.Writer.WritePairs(Columns);
        ctx.Writer.Write((byte)_outputKind);
    }

    private protected override RowMapping Bind(DataViewSchema input) => new Mapping(input, this);

    private sealed class Mapping : OneToOneMapping
    {
        private readonly PrimitiveDataViewType _type;

        public Mapping(DataViewSchema input, TypeConvertingTransformer owner)
            : base(input, owner.Columns)
        {
            _type = owner._outputKind.ToDataViewType();
        }

        protected override DataViewSchema.DetachedColumn MakeOutputColumn(
            int output, string name, DataViewSchema.Column source)
        {
            DataViewType item = source.Type.GetItemType();
            Contracts.CheckParam(
                item is not KeyDataViewType && ValueConversion.Exists(item.RawType, _type.RawType),
                "inputSchema",
                $"source column '{source.Name}' with item type '{source.Type}' is not compatible with destination type '{_type}'");
            var annotations = new DataViewSchema.Annotations.Builder();
            annotations.Add(source.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
            if (_type is NumberDataViewType && (item is BooleanDataViewType || source.IsNormalized()))
                annotations.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
            DataViewType type = source.Type is VectorDataViewType vector ? new VectorDataViewType(_type, vector.Dimensions) : _type;
            return new DataViewSchema.DetachedColumn(name, type, annotations.ToAnnotations());
        }

        protected override Delegate MakeGetter(DataViewRow input, DataViewSchema.Column source, int output)
            => GenericCall.Invoke<Delegate>(
                source.Type is VectorDataViewType ? MakeVectorGetter<int, int> : MakeScalarGetter<int, int>,
                [source.Type.GetItemType().RawType, _type.RawType],
                input,
                source);

        private static ValueGetter<TTo> MakeScalarGetter<TFrom, TTo>(DataViewRow input, DataViewSchema.Column source)
        {
            ValueGetter<TFrom> getter = input.GetGetter<TFrom>(source);
            Func<TFrom, TTo> convert = ValueConversion.Make<TFrom, TTo>();
            TFrom from = default;
            return (ref TTo to) =>
            {
                getter(ref from);
                to = convert(from);
            };
        }

        private static ValueGetter<VBuffer<TTo>> MakeVectorGetter<TFrom, TTo>(DataViewRow input, DataViewSchema.Column source)
        {
            ValueGetter<VBuffer<TFrom>> getter = input.GetGetter<VBuffer<TFrom>>(source);
            Func<TFrom, TTo> convert = ValueConversion.Make<TFrom, TTo>();
            VBuffer<TFrom> from = default;
            return (ref VBuffer<TTo> to) =>
            {
                getter(ref from);
                VBufferEditor<TTo> editor = VBufferEditor.Create(ref to, from.Length);
                foreach (KeyValuePair<int, TFrom> item in from.Items(all: true))
                    editor.Values[item.Key] = convert(item.Value);
                to = editor.Commit();
            };
        }
    }
}
