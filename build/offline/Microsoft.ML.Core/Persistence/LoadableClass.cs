using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>A component that an assembly declared loadable: made by a constructor, or by a static method Create.</summary>
internal sealed class LoadableClass
{
    private const BindingFlags Instances = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
    private const BindingFlags Statics = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;

    private readonly Func<object[], object> _create;

    private LoadableClass(Func<object[], object> create)
    {
        _create = create;
    }

    public static LoadableClass FindOrNull(Type instanceType, Type loaderType)
    {
        ConstructorInfo constructor = instanceType.IsAssignableFrom(loaderType)
            ? loaderType.GetConstructors(Instances).FirstOrDefault(TakesLoadArguments)
            : null;
        if (constructor != null)
            return new LoadableClass(constructor.Invoke);
        MethodInfo method = loaderType.GetMethods(Statics)
            .FirstOrDefault(m => m.Name == "Create" && m.ReturnType == instanceType && TakesLoadArguments(m));
        return method == null ? null : new LoadableClass(arguments => method.Invoke(null, arguments));
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
