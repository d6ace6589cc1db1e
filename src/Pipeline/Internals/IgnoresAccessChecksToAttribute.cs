namespace System.Runtime.CompilerServices;

/// <summary>
/// Tells the runtime to let this assembly use the internals of another. The runtime knows the attribute by its name; the
/// framework does not declare it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
