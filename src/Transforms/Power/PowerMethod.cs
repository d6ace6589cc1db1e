namespace MLExtensions.Transforms;

/// <summary>A family of power transforms.</summary>
public enum PowerMethod
{
    /// <summary>
    /// For all numbers: <c>((1 + x)^lambda - 1) / lambda</c> where <c>x</c> is not negative, and <c>-((1 - x)^(2 - lambda) - 1) / (2 - lambda)</c> where it
    /// is; logarithms where a divisor is zero. I.-K. Yeo and R. A. Johnson, "A new family of power transformations", 2000.
    /// </summary>
    YeoJohnson,

    /// <summary>
    /// For positive numbers: <c>(x^lambda - 1) / lambda</c>, and <c>log x</c> where lambda is zero. G. E. P. Box and D. R. Cox, "An analysis of
    /// transformations", 1964.
    /// </summary>
    BoxCox,
}
