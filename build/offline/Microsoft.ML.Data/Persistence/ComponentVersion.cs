namespace Microsoft.ML;

internal static class ComponentVersion
{
    /// <summary>The version of a component of this assembly: there is only one.</summary>
    public static VersionInfo Make(string modelSignature, string loaderSignature)
        => new(modelSignature, 1, 1, 1, typeof(ComponentVersion).Assembly.GetName().Name, loaderSignature);
}
