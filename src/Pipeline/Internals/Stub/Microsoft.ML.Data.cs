// The part of Microsoft.ML.Data's internals that a component needs to be reached from a catalog; see Microsoft.ML.Core.cs.
using System.Reflection;
using Microsoft.ML.Runtime;

[assembly: AssemblyVersion("0.0.0.0")]

namespace Microsoft.ML.Data
{
    public interface IInternalCatalog
    {
        IHostEnvironment Environment { get; }
    }
}
