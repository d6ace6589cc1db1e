namespace MLExtensions.Trainers.Models;

/// <summary>A column that a model adds: its name, type and annotations, and how its getter is made from a row's scores.</summary>
internal sealed record PredictionColumn(DataViewSchema.DetachedColumn Column, Func<RowScorer, Delegate> CreateGetter);
