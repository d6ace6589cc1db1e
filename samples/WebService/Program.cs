// Answers rows posted as JSON by the model that samples/Adult saved: WebService --model adult.zip --urls http://localhost:5000
//   curl localhost:5000/income -H 'Content-Type: application/json' -d '{"age": 45, "education": "Masters", "maritalStatus": "Married-civ-spouse"}'
//   curl localhost:5000/health             whether it can answer, and by which model
//   curl localhost:5000/openapi/v1.json    what can be asked, for tools that make clients
// A new model that is renamed over the file (ml.Model.SaveSafely does) is taken within a second, and no request is lost; one that cannot be used is logged, and the old one stays.
using MLExtensions.Samples;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddOpenApi();
builder.Services.AddSingleton(services => new ModelFile(builder.Configuration["model"] ?? "adult.zip", services.GetRequiredService<ILogger<ModelFile>>()));
builder.Services.AddHostedService(services => services.GetRequiredService<ModelFile>());
var app = builder.Build();

// A service that has no model does not start; a later one that is bad is no reason to stop.
var model = app.Services.GetRequiredService<ModelFile>();

app.MapOpenApi();
app.MapPost("/income", (Person person) => model.Current.Predict(person)).WithSummary("The likelier income of a person, and why.");
app.MapGet("/health", () => new Health(model.Refusal is null ? "ready" : "ready, by an older model", model.Current.Version, model.Current.Loaded, model.Refusal))
    .WithSummary("Whether rows are answered, and by which model.");
// What a request costs without any model: build/bench.sh web measures beside it.
app.MapGet("/hello", () => "hello").ExcludeFromDescription();
app.Run();

/// <summary>Whether rows are answered.</summary>
/// <param name="Status"><c>ready</c>, and whether a newer file was refused.</param>
/// <param name="Model">The first digits of the SHA-256 of the file that answers.</param>
/// <param name="Loaded">Since when.</param>
/// <param name="Refusal">Why the file that is there now is not used.</param>
internal sealed record Health(string Status, string Model, DateTimeOffset Loaded, string? Refusal);
