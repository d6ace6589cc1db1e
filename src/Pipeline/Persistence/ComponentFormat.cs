extern alias Core;

using System.Reflection;
using Core::Microsoft.ML;
using MLExtensions.Archives.Components;

namespace MLExtensions.Pipeline;

/// <summary>How one kind of component stands in a model archive.</summary>
/// <param name="LoaderName">The name of the component in archives, at most 24 ASCII characters; it never changes.</param>
/// <param name="Version">The version of the description and tensors that this code writes, counted from 1.</param>
/// <param name="Assembly">The assembly whose <see cref="LoadableComponentAttribute"/> names the loader.</param>
/// <remarks>
/// A component's folder in the archive holds three entries: ML.NET's <c>Model.key</c>, whose block holds the length and the
/// SHA-256 of the other two (the rest of it is held byte for byte when the component is loaded); <c>Description.json</c>; and
/// <c>Tensors.safetensors</c>, a plain safetensors file.
/// </remarks>
public sealed record ComponentFormat(string LoaderName, int Version, Assembly Assembly)
{
    internal VersionInfo BlockVersionInfo =>
        new(ComponentKey.BlockSignature, ComponentKey.BlockVersion, ComponentKey.BlockVersion, ComponentKey.BlockVersion, Assembly.GetName().Name, LoaderName);
}
