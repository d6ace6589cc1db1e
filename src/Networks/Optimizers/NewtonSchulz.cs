namespace MLExtensions.Networks.Optimizers;

/// <summary>
/// Brings the singular values of a matrix near to 1 by products alone: of a matrix T with no more columns than rows, divided by its norm,
/// T ← T (a I + b A + c A A) with A = TᵀT, some times over. Each strip or block of a result is computed whole by one thread.
/// </summary>
/// <remarks>Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks", whose coefficients these are.</remarks>
internal sealed unsafe class NewtonSchulz
{
    private const float A = 3.4445f;
    private const float B = -4.775f;
    private const float C = 2.0315f;
    private const float SmallestNorm = 1e-7f;

    private static readonly AlignedBuffer s_zeros = new(64);

    private readonly WeightMatrix _matrix;
    private readonly AlignedBuffer _directions;
    private readonly bool _isTransposed;
    private readonly StripMatrix _even;
    private readonly StripMatrix _odd;
    private readonly StripMatrix _gram;
    private readonly StripMatrix _polynomial;

    /// <summary>Allocates room.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="directions">What is laid out as the parameters, and has the matrix at its place; receives the result there.</param>
    public NewtonSchulz(WeightMatrix matrix, AlignedBuffer directions)
    {
        _matrix = matrix;
        _directions = directions;
        // The parameters have one row for each input.
        _isTransposed = matrix.Outputs > matrix.Inputs;
        int rows = Math.Max(matrix.Inputs, matrix.Outputs), columns = Math.Min(matrix.Inputs, matrix.Outputs);
        (_even, _odd) = (new StripMatrix(rows, columns), new StripMatrix(rows, columns));
        (_gram, _polynomial) = (new StripMatrix(columns, columns), new StripMatrix(columns, columns));
        SquareSums = new double[matrix.StripCount];
    }

    /// <summary>The sums of squares over each strip of the matrix, to be set before <see cref="Start"/>.</summary>
    public double[] SquareSums { get; }

    /// <summary>The strips of T: the parts of all rounds but the last.</summary>
    public int StripCount => _even.StripCount;

    /// <summary>Takes the matrix, divided by its norm, into a strip of T.</summary>
    public void Start(int strip)
    {
        double sum = 0;
        foreach (double square in SquareSums)
            sum += square;
        float scale = 1 / ((float)Math.Sqrt(sum) + SmallestNorm);

        float* target = _even.At(strip, 0);
        if (!_isTransposed)
        {
            Combine(DirectionsAt(strip, 0), scale, DirectionsAt(strip, 0), 0, target, _even.Rows * _even.Width);
            return;
        }

        int first = strip * _even.Width;
        for (int other = 0; other < _matrix.StripCount; other++)
        {
            Transpose.Copy(DirectionsAt(other, first), _matrix.Width, ColumnsOf(strip), UnitsOf(other),
                _even.At(strip, other * _matrix.Width), _even.Width);
        }
        Combine(target, scale, target, 0, target, _even.Rows * _even.Width);
    }

    /// <summary>The blocks of A and of the polynomial above the diagonal and on it: both are symmetric, and each block is written to its mirror image too.</summary>
    public IEnumerable<(int Row, int Column)> Blocks => Enumerable.Range(0, StripCount).SelectMany(column => Enumerable.Range(0, column + 1), (column, row) => (row, column));

    /// <summary>Computes a block of A, from the T of a step counted from 0.</summary>
    public void ComputeGram(int step, int row, int column)
    {
        StripMatrix t = At(step);
        Multiply(LeftOperand.Columns(t, row, 0), ColumnsOf(row), t.Rows, t, column, BlockOf(_gram, row, column));
        Mirror(_gram, row, column);
    }

    /// <summary>Computes a block of a I + b A + c A A; all of A must be there.</summary>
    public void ComputePolynomial(int row, int column)
    {
        float* block = BlockOf(_polynomial, row, column);
        Multiply(LeftOperand.Rows(_gram, row * _gram.Width), ColumnsOf(row), _gram.Columns, _gram, column, block);
        Combine(block, C, BlockOf(_gram, row, column), B, block, ColumnsOf(row) * _gram.Width);
        for (int unit = 0; row == column && unit < ColumnsOf(column); unit++)
            block[unit * _gram.Width + unit] += A;
        Mirror(_polynomial, row, column);
    }

    /// <summary>Computes a strip of the T after a step; all of the polynomial must be there.</summary>
    public void ComputeNext(int step, int strip)
    {
        StripMatrix t = At(step);
        Multiply(LeftOperand.Rows(t, 0), t.Rows, _gram.Columns, _polynomial, strip, At(step + 1).At(strip, 0));
    }

    /// <summary>Puts the result into a strip of the matrix.</summary>
    /// <param name="steps">The steps that were taken.</param>
    /// <param name="strip">The strip of the matrix.</param>
    /// <param name="scale">A factor on the result.</param>
    public void Finish(int steps, int strip, float scale)
    {
        StripMatrix t = At(steps);
        float* target = DirectionsAt(strip, 0);
        int length = _matrix.Inputs * _matrix.Width;
        if (!_isTransposed)
        {
            Combine(t.At(strip, 0), scale, t.At(strip, 0), 0, target, length);
            return;
        }

        for (int other = 0; other < t.StripCount; other++)
        {
            Transpose.Copy(t.At(other, strip * _matrix.Width), t.Width, UnitsOf(strip), ColumnsOf(other),
                DirectionsAt(strip, other * t.Width), _matrix.Width);
        }
        Combine(target, scale, target, 0, target, length);
    }

    /// <summary>result = factor x + otherFactor y.</summary>
    public static void Combine(float* x, float factor, float* y, float otherFactor, float* result, int length) =>
        InstructionSet.Run(new Combination { X = x, Factor = factor, Y = y, OtherFactor = otherFactor, Result = result, Length = length });

    private StripMatrix At(int step) => step % 2 == 0 ? _even : _odd;

    private static float* BlockOf(StripMatrix matrix, int row, int column) => matrix.At(column, row * matrix.Width);

    private void Mirror(StripMatrix matrix, int row, int column)
    {
        if (row != column)
            Transpose.Copy(BlockOf(matrix, row, column), matrix.Width, ColumnsOf(row), ColumnsOf(column), BlockOf(matrix, column, row), matrix.Width);
    }

    private int ColumnsOf(int strip) => Math.Min(_even.Width, _even.Columns - strip * _even.Width);

    private int UnitsOf(int strip) => Math.Min(_matrix.Width, _matrix.Outputs - strip * _matrix.Width);

    private float* DirectionsAt(int strip, int row) => _directions.Pointer + _matrix.OffsetOf(strip) + row * _matrix.Width;

    private static void Multiply(LeftOperand left, int rows, int depth, StripMatrix right, int strip, float* result) => new MatrixProduct(
        left, rows, depth, (nint)right.At(strip, 0), right.Width, Start: (nint)s_zeros.Pointer, StartStride: 0, (nint)result).Compute();

    private struct Combination : IVectorKernel
    {
        public float* X;
        public float Factor;
        public float* Y;
        public float OtherFactor;
        public float* Result;
        public int Length;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            TVector factor = TVector.Create(Factor);
            TVector otherFactor = TVector.Create(OtherFactor);
            for (nint i = 0; i < Length; i += TVector.Count)
                TVector.MultiplyAdd(otherFactor, TVector.Load(Y + i), factor * TVector.Load(X + i)).Store(Result + i);
        }
    }
}
