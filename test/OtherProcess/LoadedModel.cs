using Microsoft.ML;

/// <summary>A model of which nothing is known but its file.</summary>
internal static class LoadedModel
{
    public static void Print(string modelPath, string dataPath)
    {
        var ml = new MLContext();
        var model = ml.Model.Load(modelPath, out var schema);
        foreach (string line in TextRows.Print(model.Transform(TextRows.Load(ml, dataPath, schema))))
            Console.WriteLine(line);
    }

    public static void SaveForever(string modelPath, string path)
    {
        var ml = new MLContext();
        var model = ml.Model.Load(modelPath, out var schema);
        for (int saved = 1; ; saved++)
        {
            try
            {
                ml.Model.SaveSafely(model, schema, path);
                Console.WriteLine(saved);
            }
            catch (IOException exception)
            {
                Console.WriteLine(exception.Message);
                return;
            }
        }
    }
}
