// Answers rows posted as JSON by the model that samples/Adult saved: WebService --model adult.zip --urls http://localhost:5000
//   curl localhost:5000/income -H 'Content-Type: application/json' -d '{"age": 45, "education": "Masters", "maritalStatus": "Married-civ-spouse"}'
using Microsoft.ML;
using Microsoft.ML.Data;

var app = WebApplication.CreateBuilder(args).Build();

// Nothing of the model is named here: a plain context loads it, and rows need no label. An engine is for one thread at a time.
var ml = new MLContext();
var model = ml.Model.Load(app.Configuration["model"] ?? "adult.zip", out _);
var engines = new ThreadLocal<PredictionEngine<Person, Prediction>>(() => ml.Model.CreatePredictionEngine<Person, Prediction>(model));

// The model was saved with the reasons for its scores: a number for each feature, by name.
VBuffer<ReadOnlyMemory<char>> features = default;
engines.Value!.OutputSchema["FeatureContributions"].GetSlotNames(ref features);
string[] names = [.. features.DenseValues().Select(name => name.ToString())];

app.MapPost("/income", (Person person) =>
{
    var prediction = engines.Value!.Predict(person);
    var reasons = names.Zip(prediction.FeatureContributions, (feature, logit) => new Reason(feature, logit)).OrderByDescending(reason => Math.Abs(reason.Logit)).Take(3);
    return new Answer(prediction.PredictedLabel, prediction.Probability, [.. reasons]);
});
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
    public float[] FeatureContributions { get; set; } = [];
}

/// <summary>The likelier class, the probability of the one that is asked about, and the three features that moved it most.</summary>
internal sealed record Answer(string PredictedLabel, float Probability, Reason[] Reasons);

/// <summary>What a feature added to the logit of the probability, against a typical person.</summary>
internal sealed record Reason(string Feature, float Logit);
