namespace Microsoft.ML.Data;

/// <summary>Read by code generators only; loading goes by <see cref="LoadColumnAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public sealed class LoadColumnNameAttribute : Attribute
{
    public LoadColumnNameAttribute(string fieldName)
        : this([fieldName])
    {
    }

    public LoadColumnNameAttribute(params string[] fieldNames)
    {
        FieldNames = fieldNames;
    }

    internal string[] FieldNames { get; }
}
