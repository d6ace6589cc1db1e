namespace MLExtensions.Networks.Onnx;

/// <summary>Matrices of a layer as constants of a graph.</summary>
internal static class OnnxMatrix
{
    /// <summary>A tensor [rows x columns] as [columns x rows].</summary>
    public static string Transposed(OnnxNetwork network, string name, int rows, int columns)
    {
        float[] values = network.Tensors(name);
        float[] transposed = new float[values.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                transposed[column * rows + row] = values[row * columns + column];
        }
        return network.Graph.Constant(transposed, columns, rows);
    }
}
