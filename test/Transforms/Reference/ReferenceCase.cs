namespace MLExtensions.Transforms.Tests;

/// <summary>One scaler with some options, fitted to some rows and applied to others.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Scaler">The scaler.</param>
/// <param name="Item">The column of the rows: <c>Single</c> or <c>Double</c>.</param>
/// <param name="Fit">The rows to fit to.</param>
/// <param name="Transform">The rows to scale.</param>
/// <param name="Transformed">What they become.</param>
/// <param name="Inverse">What they are when mapped back.</param>
internal abstract record ReferenceCase(string Name, string Scaler, string Item, double[][] Fit, double[][] Transform, double[][] Transformed, double[][] Inverse)
{
    /// <summary>Whether the column holds numbers of 32 bits.</summary>
    public bool IsSingle => Item == "Single";
}
