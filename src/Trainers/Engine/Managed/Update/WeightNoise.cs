using System.Runtime.CompilerServices;

namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>
/// Gaussian noise on weights: each number is made of a hash of its place (step, layer, input, output) under a key, the same for any
/// number of threads and any width of vectors.
/// </summary>
/// <param name="deviation">The standard deviation.</param>
/// <param name="key">The key of the noise for the training.</param>
internal sealed unsafe class WeightNoise(float deviation, ulong key)
{
    /// <summary>Adds noise to rows of one strip of a weight matrix.</summary>
    /// <param name="step">The number of the step.</param>
    /// <param name="layer">The index of the layer in the network.</param>
    /// <param name="inputs">The rows, one for each input.</param>
    /// <param name="firstOutput">The output with which the strip begins.</param>
    /// <param name="outputs">The outputs of the layer; columns beyond are padding and stay zero.</param>
    /// <param name="values">The strip's weights, from the first of the rows on.</param>
    /// <param name="width">The columns of the strip.</param>
    public void Add(int step, int layer, RowRange inputs, int firstOutput, int outputs, float* values, int width)
    {
        ulong stepKey = PlaceHash.Mix(PlaceHash.Mix(key ^ PlaceHash.Mix((ulong)(uint)layer)) ^ (uint)step);
        InstructionSet.Run(new Kernel
        {
            Values = values,
            Inputs = inputs,
            Width = width,
            FirstOutput = firstOutput,
            Outputs = outputs,
            Key = (int)stepKey,
            SecondKey = (int)(stepKey >> 32),
            Deviation = deviation,
        });
    }

    internal struct Kernel : IVectorKernel
    {
        public float* Values;
        public RowRange Inputs;
        public int Width;
        public int FirstOutput;
        public int Outputs;
        public int Key;
        public int SecondKey;
        public float Deviation;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            TVector key = TVector.CreateBits(Key);
            TVector secondKey = TVector.CreateBits(SecondKey);
            TVector deviation = TVector.Create(Deviation);
            float* values = Values;
            for (int input = Inputs.First; input < Inputs.End; input++)
            {
                // Places are numbered input by input without padding, so that they do not depend on the width of vectors.
                int place = unchecked(input * Outputs + FirstOutput);
                for (int i = 0; i < Width; i += TVector.Count)
                {
                    TVector hash = PlaceHash.Scramble(TVector.AddBits(TVector.CreateBits(place + i), TVector.LaneBits) ^ key, secondKey);
                    TVector isUsed = TVector.GreaterThanBits(TVector.CreateBits(Outputs - FirstOutput - i), TVector.LaneBits);
                    TVector noise = isUsed & (deviation * VectorMath.NormalFromBits(hash));
                    (TVector.Load(values) + noise).Store(values);
                    values += TVector.Count;
                }
            }
        }
    }
}
