namespace MLExtensions.Networks.HostOptimizers;

/// <summary>A function to be minimized.</summary>
/// <param name="point">Where.</param>
/// <param name="gradient">Receives the gradient.</param>
/// <returns>The value.</returns>
internal delegate double Objective(ReadOnlySpan<double> point, Span<double> gradient);

/// <summary>Limited-memory BFGS on vectors in double precision, step for step as PyTorch's <c>LBFGS</c>.</summary>
internal sealed class Lbfgs
{
    // Below this the curvature along a step is rounding, and the pair would spoil the approximation.
    private const double SmallestCurvature = 1e-10;

    private readonly LbfgsOptions _options;
    private readonly Objective _objective;
    private readonly StrongWolfeSearch? _search;
    private readonly List<(double[] Change, double[] Step, double Inverse)> _history = [];
    private readonly double[] _gradient;
    private readonly double[] _previousGradient;
    private readonly double[] _direction;
    private readonly double[] _shares;
    private double _length;
    private double _scale = 1;
    private int _iterations;

    public Lbfgs(LbfgsOptions options, int count, Objective objective)
    {
        _options = options;
        _objective = objective;
        _search = options.LineSearch ? new StrongWolfeSearch(count, objective, options.ChangeTolerance) : null;
        (_gradient, _previousGradient, _direction) = (new double[count], new double[count], new double[count]);
        _shares = new double[options.HistorySize];
    }

    /// <summary>Takes up to <see cref="LbfgsOptions.MaximumIterations"/> steps.</summary>
    /// <param name="point">Where to start; receives where it ended.</param>
    /// <param name="rate">The length of the first trial of each step, in units of the direction.</param>
    /// <returns>The value at the start.</returns>
    public double Step(double[] point, double rate)
    {
        double first = _objective(point, _gradient), value = first;
        int evaluations = 1, most = _options.MaximumIterations * 5 / 4;
        if (Largest(_gradient) <= _options.GradientTolerance)
            return first;

        for (int iteration = 1; iteration <= _options.MaximumIterations; iteration++)
        {
            _iterations++;
            ChooseDirection();
            _gradient.CopyTo(_previousGradient, 0);
            double previous = value;
            _length = _iterations == 1 ? Math.Min(1, 1 / SumOfSizes(_gradient)) * rate : rate;
            double slope = Dot(_gradient, _direction);
            // Negated, so that NaN ends the search too.
            if (!(slope <= -_options.ChangeTolerance))
                break;

            if (_search is not null)
            {
                (value, _length, int tries) = _search.Find(point, _direction, _length, value, _gradient, slope);
                evaluations += tries;
                Move(point);
            }
            else
            {
                Move(point);
                if (iteration == _options.MaximumIterations)
                    break;
                value = _objective(point, _gradient);
                evaluations++;
            }

            if (evaluations >= most || Largest(_gradient) <= _options.GradientTolerance
                || Math.Abs(_length) * Largest(_direction) <= _options.ChangeTolerance || Math.Abs(value - previous) < _options.ChangeTolerance)
            {
                break;
            }
        }
        return first;
    }

    /// <summary>Gives or sets what is known of the curvature, and of the last step.</summary>
    public void Exchange(StateExchange state)
    {
        state.Number("iterations", ref _iterations);
        state.Number("length", ref _length);
        state.Number("scale", ref _scale);
        state.Values("gradient", _gradient);
        state.Values("previous gradient", _previousGradient);
        state.Values("direction", _direction);
        int pairs = _history.Count;
        state.Number("pairs", ref pairs);
        if (pairs > _options.HistorySize)
            throw new ArgumentException($"The state has {pairs} moves of L-BFGS, more than the HistorySize of {_options.HistorySize}: it is of another training.", nameof(state));
        while (_history.Count > pairs)
            _history.RemoveAt(pairs);
        while (_history.Count < pairs)
            _history.Add((new double[_gradient.Length], new double[_gradient.Length], 0));
        for (int k = 0; k < pairs; k++)
        {
            var (change, step, inverse) = _history[k];
            var pair = state.Of($"pair {k}");
            pair.Values("change", change);
            pair.Values("step", step);
            pair.Number("inverse curvature", ref inverse);
            _history[k] = (change, step, inverse);
        }
    }

    // Minus the gradient times an approximation of the inverse Hessian (Nocedal 1980, two-loop recursion).
    private void ChooseDirection()
    {
        if (_iterations > 1)
            Remember();

        for (int i = 0; i < _direction.Length; i++)
            _direction[i] = -_gradient[i];
        for (int k = _history.Count - 1; k >= 0; k--)
        {
            _shares[k] = Dot(_history[k].Step, _direction) * _history[k].Inverse;
            AddMultiple(_direction, _history[k].Change, -_shares[k]);
        }
        for (int i = 0; i < _direction.Length; i++)
            _direction[i] *= _scale;
        for (int k = 0; k < _history.Count; k++)
        {
            double back = Dot(_history[k].Change, _direction) * _history[k].Inverse;
            AddMultiple(_direction, _history[k].Step, _shares[k] - back);
        }
    }

    private void Remember()
    {
        double curvature = 0;
        for (int i = 0; i < _gradient.Length; i++)
            curvature += (_gradient[i] - _previousGradient[i]) * _direction[i] * _length;
        if (!(curvature > SmallestCurvature))
            return;

        // The oldest pair's arrays hold the newest.
        bool isFull = _history.Count == _options.HistorySize;
        var (change, step) = isFull ? (_history[0].Change, _history[0].Step) : (new double[_gradient.Length], new double[_gradient.Length]);
        if (isFull)
            _history.RemoveAt(0);
        for (int i = 0; i < change.Length; i++)
            (change[i], step[i]) = (_gradient[i] - _previousGradient[i], _direction[i] * _length);
        _history.Add((change, step, 1 / curvature));
        _scale = curvature / Dot(change, change);
    }

    private void Move(double[] point) => AddMultiple(point, _direction, _length);

    private static void AddMultiple(double[] sum, double[] addend, double factor)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += factor * addend[i];
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    private static double Largest(double[] values)
    {
        double largest = 0;
        foreach (double value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    private static double SumOfSizes(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += Math.Abs(value);
        return sum;
    }
}
