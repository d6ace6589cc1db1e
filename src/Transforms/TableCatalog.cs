namespace Microsoft.ML;

/// <summary>Adds the encoder of tables to <c>ml.Transforms</c>.</summary>
public static class TableCatalog
{
    /// <summary>
    /// Makes one vector of features of columns of mixed types, with missing values, as they come: <see cref="TableEncodingEstimator"/>.
    /// </summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="outputColumnName">The column to make, a vector of <c>Single</c>.</param>
    /// <param name="inputColumnNames">The columns to encode; none for all but the one that is named <c>Label</c>, which must be there.</param>
    /// <exception cref="ArgumentException">A name is empty or given twice.</exception>
    public static TableEncodingEstimator EncodeTable(this TransformsCatalog catalog, string outputColumnName, params string[] inputColumnNames) =>
        catalog.EncodeTable(outputColumnName, new TableEncodingOptions(), inputColumnNames);

    /// <summary>
    /// Makes one vector of features of columns of mixed types, with missing values, as they come: <see cref="TableEncodingEstimator"/>.
    /// </summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="outputColumnName">The column to make, a vector of <c>Single</c>.</param>
    /// <param name="options">All that can be chosen.</param>
    /// <param name="inputColumnNames">The columns to encode; none for all but those of <see cref="TableEncodingOptions.Except"/>.</param>
    /// <exception cref="ArgumentException">A name is empty or given twice, or options are outside their range; the message tells all that are.</exception>
    public static TableEncodingEstimator EncodeTable(this TransformsCatalog catalog, string outputColumnName, TableEncodingOptions options, params string[] inputColumnNames)
    {
        ArgumentNullException.ThrowIfNull(catalog);

        return new(HostEnvironments.Of(catalog), outputColumnName, options, inputColumnNames);
    }
}
