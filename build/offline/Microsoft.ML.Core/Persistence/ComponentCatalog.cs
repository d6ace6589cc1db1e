using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>The loadable components of all assemblies registered so far.</summary>
public sealed class ComponentCatalog
{
    private readonly Lock _lock = new();
    private readonly HashSet<Assembly> _assemblies = [];
    private readonly Dictionary<(Type Signature, string Name), LoadableClass> _classes = [];

    internal ComponentCatalog()
    {
    }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        Contracts.CheckValue(assembly, nameof(assembly));
        lock (_lock)
        {
            if (!_assemblies.Add(assembly))
                return;
            foreach (LoadableClassAttributeBase attribute in assembly.GetCustomAttributes<LoadableClassAttributeBase>())
                Register(attribute);
        }
    }

    internal LoadableClass Find(Type signature, string name)
    {
        lock (_lock)
            return _classes.GetValueOrDefault((signature, name.ToLowerInvariant()));
    }

    private void Register(LoadableClassAttributeBase attribute)
    {
        LoadableClass loadable = LoadableClass.Find(attribute.InstanceType, attribute.LoaderType, attribute.LoadNames[0]);
        foreach (Type signature in attribute.SigTypes)
        {
            foreach (string name in attribute.LoadNames)
                _classes[(signature, name.ToLowerInvariant())] = loadable;
        }
    }
}
