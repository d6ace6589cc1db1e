// Answers rows posted as JSON by the model that samples/Adult saved: WebService --model adult.zip --urls http://localhost:5000
//   curl localhost:5000/income -H 'Content-Type: application/json' -d '{"age": 45, "education": "Masters", "maritalStatus": "Married-civ-spouse"}'
using Microsoft.ML;

var app = WebApplication.CreateBuilder(args).Build();

// Nothing of the model is named here: a plain context loads it, and rows need no label. An engine is for one thread at a time.
var ml = new MLContext();
var model = ml.Model.Load(app.Configuration["model"] ?? "adult.zip", out _);
var engines = new ThreadLocal<PredictionEngine<Person, Prediction>>(() => ml.Model.CreatePredictionEngine<Person, Prediction>(model));

app.MapPost("/income", (Person person) => engines.Value!.Predict(person));
app.Run();

/// <summary>What is known of a person; what is left out of the JSON is missing.</summary>
internal sealed class Person
{
    public float Age { get; set; } = float.NaN;
    public string Workclass { get; set; } = "";
    public string Education { get; set; } = "";
    public string MaritalStatus { get; set; } = "";
    public string Occupation { get; set; } = "";
    public string Relationship { get; set; } = "";
    public string Race { get; set; } = "";
    public string Sex { get; set; } = "";
    public float CapitalGain { get; set; } = float.NaN;
    public float CapitalLoss { get; set; } = float.NaN;
    public float HoursPerWeek { get; set; } = float.NaN;
    public string NativeCountry { get; set; } = "";
}

internal sealed class Prediction
{
    public string PredictedLabel { get; set; } = "";
    public float Probability { get; set; }
}
