using System.Reflection;

namespace Microsoft.ML;

/// <summary>Calls a generic method with type arguments that are known only at run time.</summary>
internal static class GenericCall
{
    /// <param name="method">Any instantiation of the method to call.</param>
    /// <param name="types">The type arguments to call it with.</param>
    /// <param name="arguments">The arguments of the call.</param>
    public static TResult Invoke<TResult>(Delegate method, Type[] types, params object[] arguments)
        => (TResult)method.Method.GetGenericMethodDefinition()
            .MakeGenericMethod(types)
            .Invoke(method.Target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
