// The part of Microsoft.ML.Data's internals that a component needs to be reached from a catalog, to be found in a chain and to be asked
// for its ONNX form; see Microsoft.ML.Core.cs.
using System.Collections.Generic;
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
        internal OnnxContext() => throw null;

        public abstract string GetNodeName(string prefix);

        public abstract void CheckOpSetVersion(int thisTransformerMinumumOpSetVersion, string registerTransformerName);

        public abstract string GetVariableName(string colName);

        public abstract bool ContainsColumn(string colName);

        public abstract string AddIntermediateVariable(DataViewType type, string colName, bool skip);

        public abstract OnnxNode CreateNode(string opType, IEnumerable<string> inputs, IEnumerable<string> outputs, string name, string domain);

        public abstract string AddInitializer(IEnumerable<bool> values, IEnumerable<long> dims, string name, bool makeUniqueName);

        public abstract string AddInitializer(IEnumerable<float> values, IEnumerable<long> dims, string name, bool makeUniqueName);

        public abstract string AddInitializer(IEnumerable<string> values, IEnumerable<long> dims, string name, bool makeUniqueName);

        public abstract string AddInitializer(IEnumerable<long> values, IEnumerable<long> dims, string name, bool makeUniqueName);

        public abstract string AddInitializer(IEnumerable<double> values, IEnumerable<long> dims, string name, bool makeUniqueName);
    }

    public abstract class OnnxNode
    {
        internal OnnxNode() => throw null;

        public abstract void AddAttribute(string argName, double value);

        public abstract void AddAttribute(string argName, long value);

        public abstract void AddAttribute(string argName, string value);

        public abstract void AddAttribute(string argName, IEnumerable<long> value);

        public abstract void AddAttribute(string argName, string[] value);
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
