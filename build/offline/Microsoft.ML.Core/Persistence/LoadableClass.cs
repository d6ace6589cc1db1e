using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>A component that an assembly declared loadable: made by a constructor or a static method Create, whichever is public.</summary>
internal sealed class LoadableClass
{
    private const BindingFlags Instances = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
    private const BindingFlags Statics = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;

    private readonly Func<object[], object> _create;

    private LoadableClass(Func<object[], object> create)
    {
        _create = create;
    }

    public static LoadableClass Find(Type instanceType, Type loaderType, string name)
    {
        ConstructorInfo constructor = instanceType.IsAssignableFrom(loaderType)
            ? loaderType.GetConstructors(Instances).FirstOrDefault(TakesLoadArguments)
            : null;
        MethodInfo method = loaderType.GetMethods(Statics)
            .FirstOrDefault(m => m.Name == "Create" && m.ReturnType == instanceType && TakesLoadArguments(m));
        if (constructor != null && method != null && constructor.IsPublic == method.IsPublic)
        {
            throw Contracts.Except(
                $"Can't load type {instanceType}, because it has both create and constructor methods with the same visibility. "
                + "Please indicate which one should be used by changing either the signature or the visibility of one of them.");
        }
        if (constructor != null && (method == null || constructor.IsPublic))
            return new LoadableClass(constructor.Invoke);
        if (method == null)
            throw Contracts.Except($"Can't instantiate loadable class '{instanceType.Name}' with name '{name}'");
        return new LoadableClass(arguments => method.Invoke(null, arguments));
    }

    public object Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        try
        {
            return _create([env, ctx]);
        }
        catch (TargetInvocationException exception) when (exception.InnerException?.IsMarked() == true)
        {
            throw Contracts.Except("Error during class instantiation", exception);
        }
    }

    private static bool TakesLoadArguments(MethodBase method)
    {
        ParameterInfo[] parameters = method.GetParameters();
        return parameters.Length == 2
            && parameters[0].ParameterType == typeof(IHostEnvironment)
            && parameters[1].ParameterType.IsAssignableFrom(typeof(ModelLoadContext));
    }
}
