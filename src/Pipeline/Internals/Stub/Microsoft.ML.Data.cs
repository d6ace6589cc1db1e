// The part of Microsoft.ML.Data's internals that a component needs to be reached from a catalog, to be found in a chain and to be asked
// for its ONNX form; see Microsoft.ML.Core.cs.
using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: AssemblyVersion("0.0.0.0")]

namespace Microsoft.ML
{
    public interface ISingleFeaturePredictionTransformer : ITransformer
    {
        string FeatureColumnName { get; }
    }
}

namespace Microsoft.ML.Data
{
    public interface IInternalCatalog
    {
        IHostEnvironment Environment { get; }
    }

    public interface IDataTransform : IDataView, ICanSaveModel
    {
        IDataView Source { get; }
    }
}

namespace Microsoft.ML.Model.OnnxConverter
{
    public abstract class OnnxContext
    {
    }

    public interface ICanSaveOnnx
    {
        bool CanSaveOnnx(OnnxContext ctx);
    }

    public interface ISaveAsOnnx : ICanSaveOnnx
    {
        void SaveAsOnnx(OnnxContext ctx);
    }

    public interface ITransformCanSaveOnnx : ISaveAsOnnx, IDataTransform
    {
    }
}
