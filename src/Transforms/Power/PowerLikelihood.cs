namespace MLExtensions.Transforms.Power;

/// <summary>Finds the exponent under which transformed values are likeliest as a sample of a normal distribution.</summary>
/// <remarks>
/// The logarithm of the likelihood is, per value and but for a constant, <c>(lambda - 1) m - log(variance(lambda)) / 2</c>, where <c>m</c> is the
/// mean of the signed logarithms and the variance that of the transformed values. All zeros of a column have one place in the sums.
/// </remarks>
internal sealed class PowerLikelihood
{
    private readonly double[] _logarithms;
    private readonly double[] _transformed;
    private readonly double _slope;
    private readonly bool _areNegative;
    private readonly bool _areOneSided;
    private readonly long _count;
    private readonly long _zeros;
    private readonly int _placeOfZeros;

    private PowerLikelihood(PowerMethod method, SortedSample values)
    {
        _count = values.Count;
        _zeros = values.Zeros;
        _placeOfZeros = _zeros > 0 ? values.Negative.Length : -1;
        double[] distinct = [.. values.Negative, .. _zeros > 0 ? [0.0] : Array.Empty<double>(), .. values.Positive];
        _logarithms = Array.ConvertAll(distinct, value => PowerFunction.LogarithmOf(method, value));
        _transformed = new double[distinct.Length];
        _slope = MeanOf(_logarithms);

        // Of values on one side of zero, the mean logarithm can be taken out: a factor of all powers, whose logarithm cancels with
        // the slope. Without that, powers of numbers far from zero overflow or have no digits left that differ.
        _areNegative = method == PowerMethod.YeoJohnson && Array.TrueForAll(_logarithms, logarithm => logarithm <= 0);
        _areOneSided = _areNegative || method == PowerMethod.BoxCox || Array.TrueForAll(_logarithms, logarithm => logarithm >= 0);
        if (_areOneSided)
            TakeOutMean();
    }

    /// <summary>The likeliest exponent.</summary>
    /// <param name="method">The family.</param>
    /// <param name="values">The values, not all the same; for Box-Cox all positive.</param>
    public static double LikeliestLambda(PowerMethod method, SortedSample values)
    {
        var likelihood = new PowerLikelihood(method, values);

        // From -2 and 2 downhill, as in scikit-learn; most exponents lie between.
        return BrentMinimizer.Minimize(likelihood._areOneSided ? likelihood.CostOfOneSide : likelihood.CostOfBothSides, -2, 2);
    }

    private void TakeOutMean()
    {
        // Negative values are those of the mirror image, with 2 - lambda for lambda.
        for (int i = 0; i < _logarithms.Length; i++)
            _logarithms[i] = (_logarithms[i] - _slope) * (_areNegative ? -1 : 1);
    }

    private double CostOfOneSide(double lambda)
    {
        double power = _areNegative ? 2 - lambda : lambda;
        for (int i = 0; i < _transformed.Length; i++)
            _transformed[i] = Exponentials.Power(power, _logarithms[i]);
        return Math.Log(VarianceOf(_transformed)) / 2;
    }

    private double CostOfBothSides(double lambda)
    {
        for (int i = 0; i < _transformed.Length; i++)
            _transformed[i] = _logarithms[i] < 0 ? -Exponentials.Power(2 - lambda, -_logarithms[i]) : Exponentials.Power(lambda, _logarithms[i]);
        return Math.Log(VarianceOf(_transformed)) / 2 - (lambda - 1) * _slope;
    }

    private double MeanOf(ReadOnlySpan<double> values)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += i == _placeOfZeros ? _zeros * values[i] : values[i];
        return sum / _count;
    }

    private double VarianceOf(ReadOnlySpan<double> values)
    {
        double mean = MeanOf(values);
        double squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double square = (values[i] - mean) * (values[i] - mean);
            squares += i == _placeOfZeros ? _zeros * square : square;
        }

        // Without a spread the logarithm would call the exponent infinitely likely, where the powers have only run out of digits.
        return squares > 0 ? squares / _count : double.PositiveInfinity;
    }
}
