// The part of Microsoft.ML.Data's internals that a component needs to be reached from a catalog and to be found in a chain; see
// Microsoft.ML.Core.cs.
using System.Reflection;
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
}
