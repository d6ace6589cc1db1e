namespace MLExtensions.Networks.HostOptimizers;

/// <summary>
/// A line search for a length t with f(t) ≤ f(0) + c₁ t f'(0) and |f'(t)| ≤ c₂ |f'(0)|: brackets such a length, then narrows the bracket
/// by cubic interpolation, step for step as PyTorch's.
/// </summary>
/// <remarks>Nocedal, Wright 2006, algorithms 3.5 and 3.6, with the safeguards of Schmidt's minFunc.</remarks>
internal sealed class StrongWolfeSearch(int count, Objective objective, double changeTolerance)
{
    private const double C1 = 1e-4;
    private const double C2 = 0.9;
    private const int MostTries = 25;

    private readonly double[] _trial = new double[count];
    private Point _previous = new(count), _present = new(count), _low = new(count), _high = new(count);

    /// <summary>Finds a length.</summary>
    /// <param name="start">The point where t is 0.</param>
    /// <param name="direction">The direction.</param>
    /// <param name="length">The first length to try.</param>
    /// <param name="value">The value at the start.</param>
    /// <param name="gradient">The gradient at the start; receives that at the end.</param>
    /// <param name="slope">The slope at the start, below 0.</param>
    public (double Value, double Length, int Tries) Find(double[] start, double[] direction, double length, double value, double[] gradient, double slope)
    {
        Set(_previous, 0, value, gradient, slope);
        Evaluate(_present, start, direction, length);
        int tries = 1;
        bool isBracketed = false, isDone = false;
        for (int round = 0; round < MostTries && !isBracketed; round++)
        {
            if (_present.Value > value + C1 * _present.Length * slope || (round > 1 && _present.Value >= _previous.Value))
            {
                isBracketed = true;
            }
            else if (Math.Abs(_present.Slope) <= -C2 * slope)
            {
                isBracketed = isDone = true;
            }
            else if (_present.Slope >= 0)
            {
                isBracketed = true;
            }
            else
            {
                double next = Interpolate(_previous, _present,
                    _present.Length + 0.01 * (_present.Length - _previous.Length), 10 * _present.Length);
                (_previous, _present) = (_present, _previous);
                Evaluate(_present, start, direction, next);
                tries++;
            }
        }

        if (!isBracketed)
            Set(_previous, 0, value, gradient, slope);
        if (isDone)
        {
            _present.Gradient.CopyTo(gradient, 0);
            return (_present.Value, _present.Length, tries);
        }
        return Narrow(start, direction, value, gradient, slope, tries);
    }

    private (double Value, double Length, int Tries) Narrow(double[] start, double[] direction, double value, double[] gradient, double slope, int tries)
    {
        (_low, _previous) = (_previous, _low);
        (_high, _present) = (_present, _high);
        if (!(_low.Value <= _high.Value))
            (_low, _high) = (_high, _low);
        double largest = direction.Max(Math.Abs);
        bool hadTooLittleProgress = false;
        for (bool isDone = false; !isDone && tries <= MostTries && !(Math.Abs(_high.Length - _low.Length) * largest < changeTolerance); tries++)
        {
            double left = Math.Min(_low.Length, _high.Length), right = Math.Max(_low.Length, _high.Length);
            double length = Guard(Interpolate(_low, _high, left, right), left, right, ref hadTooLittleProgress);
            Evaluate(_present, start, direction, length);
            if (_present.Value > value + C1 * length * slope || _present.Value >= _low.Value)
            {
                (_high, _present) = (_present, _high);
                if (!(_low.Value <= _high.Value))
                    (_low, _high) = (_high, _low);
                continue;
            }

            if (Math.Abs(_present.Slope) <= -C2 * slope)
                isDone = true;
            else if (_present.Slope * (_high.Length - _low.Length) >= 0)
                (_high, _low) = (_low, _high);
            (_low, _present) = (_present, _low);
        }

        _low.Gradient.CopyTo(gradient, 0);
        return (_low.Value, _low.Length, tries);
    }

    // Keeps a trial a tenth of the bracket away from its ends where it came too close twice, or lies outside.
    private static double Guard(double length, double left, double right, ref bool hadTooLittleProgress)
    {
        double margin = 0.1 * (right - left);
        if (!(Math.Min(right - length, length - left) < margin))
        {
            hadTooLittleProgress = false;
            return length;
        }
        if (!hadTooLittleProgress && length < right && length > left)
        {
            hadTooLittleProgress = true;
            return length;
        }

        hadTooLittleProgress = false;
        return Math.Abs(length - right) < Math.Abs(length - left) ? right - margin : left + margin;
    }

    // The minimum of the cubic through two points and their slopes, within bounds.
    private static double Interpolate(Point a, Point b, double least, double most)
    {
        if (a.Length > b.Length)
            (a, b) = (b, a);
        double d1 = a.Slope + b.Slope - 3 * (a.Value - b.Value) / (a.Length - b.Length);
        double square = d1 * d1 - a.Slope * b.Slope;
        if (!(square >= 0))
            return (least + most) / 2;

        double d2 = Math.Sqrt(square);
        double minimum = b.Length - (b.Length - a.Length) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + 2 * d2));
        return Math.Min(Math.Max(minimum, least), most);
    }

    private void Evaluate(Point point, double[] start, double[] direction, double length)
    {
        for (int i = 0; i < _trial.Length; i++)
            _trial[i] = start[i] + length * direction[i];
        double value = objective(_trial, point.Gradient);
        double slope = 0;
        for (int i = 0; i < direction.Length; i++)
            slope += point.Gradient[i] * direction[i];
        (point.Length, point.Value, point.Slope) = (length, value, slope);
    }

    private static void Set(Point point, double length, double value, double[] gradient, double slope)
    {
        (point.Length, point.Value, point.Slope) = (length, value, slope);
        gradient.CopyTo(point.Gradient, 0);
    }

    private sealed class Point(int count)
    {
        public double Length;
        public double Value;
        public double Slope;
        public readonly double[] Gradient = new double[count];
    }
}
