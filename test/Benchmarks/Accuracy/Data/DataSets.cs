using MLExtensions.Networks;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>The data sets: the published protocol where there is one; else five folds of small tables, and 80/20 splits of larger ones.</summary>
internal static class DataSets
{
    public static IReadOnlyList<DataSet> All { get; } =
    [
        new("california", ["california-housing.csv"], "MedHouseVal", LossTasks.Regression, new RandomSplits(Test: 0.2, Validation: 0.16)),
        new("adult", ["adult-train.csv", "adult-test.csv"], "Income", LossTasks.BinaryClassification, new GivenTestRows(32_561, Validation: 0.2)),
        new("letter", ["letter-recognition.csv"], "Letter", LossTasks.MulticlassClassification, new GivenTestRows(16_000)),
        new("bike-sharing", ["bike-sharing-hour.csv"], "cnt", LossTasks.Regression, new RandomSplits(Test: 0.2)) { Dropped = ["instant", "dteday", "casual", "registered"] },
        new("magic", ["magic-telescope.csv"], "Class", LossTasks.BinaryClassification, new RandomSplits(Test: 0.2)),
        new("phoneme", ["phoneme.csv"], "Nasal", LossTasks.BinaryClassification, new RandomSplits(Test: 0.2)),
        new("wine-white", ["wine-quality-white.csv"], "Quality", LossTasks.Regression, new RandomSplits(Test: 0.2)),
        new("wine-red", ["wine-quality-red.csv"], "Quality", LossTasks.Regression, new Folds(5)),
        new("concrete", ["concrete.csv"], "Strength", LossTasks.Regression, new Folds(5)),
        new("german-credit", ["german-credit.csv"], "Risk", LossTasks.BinaryClassification, new Folds(5)),
        new("breast-cancer", ["breast-cancer-wdbc.csv"], "Diagnosis", LossTasks.BinaryClassification, new Folds(5)) { Dropped = ["Id"] },
        new("iris", ["iris.csv"], "Species", LossTasks.MulticlassClassification, new Folds(5)),
    ];
}
