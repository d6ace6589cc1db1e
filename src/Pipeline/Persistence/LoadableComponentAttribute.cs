extern alias Core;

using Core::Microsoft.ML;

namespace MLExtensions.Pipeline;

/// <summary>
/// Tells ML.NET how to make a component from its block of a model archive. Apply it to the assembly that holds the
/// component: <c>[assembly: LoadableComponent(typeof(MyTransformer), typeof(MyLoader), "MyTransformer")]</c>.
/// </summary>
/// <param name="componentType">The component.</param>
/// <param name="loaderType">
/// A type with <c>static Component Create(IHostEnvironment environment, object context)</c>, where <c>Component</c> is exactly
/// <paramref name="componentType"/>.
/// </param>
/// <param name="loaderName">The name of the component in archives, at most 24 ASCII characters.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class LoadableComponentAttribute(Type componentType, Type loaderType, string loaderName)
    : LoadableClassAttributeBase(null, componentType, loaderType, null, [typeof(SignatureLoadModel)], loaderName, loaderName);
