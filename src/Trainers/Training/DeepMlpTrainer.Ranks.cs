namespace MLExtensions.Trainers;

/// <content>Training in several processes at once.</content>
public abstract partial class DeepMlpTrainer<TModel>
{
    /// <summary>A run that is shared with other processes, of which the first alone tells.</summary>
    /// <exception cref="NotSupportedException">The engine cannot.</exception>
    private TrainingRun ShareWithRanks(TrainingRun run)
    {
        if (!run.Engine.TrainsOnRanks)
        {
            throw new NotSupportedException($"Communicator asks for training in {Plural.Of(Options.Communicator!.Size, "process", "processes")}, which the managed engine alone can; the engine is {run.Engine.Name}. " +
                "Set Engine = new ManagedEngine(), or leave Communicator null.");
        }
        if (Options.Communicator!.Size == 1)
            return run;

        run = run with { Ranks = Options.Communicator };
        return run.Tells ? run : run with { Log = _ => { }, Warn = _ => { } };
    }

    /// <summary>Trains on all ranks. One that fails alone would leave the others waiting: it ends them, too.</summary>
    private static T OnRanks<T>(Communicator ranks, Func<T> train)
    {
        ranks.Enter();
        try
        {
            return train();
        }
        catch (Exception exception) when (!IsOfAllRanks(exception))
        {
            ranks.Abort($"rank {ranks.Rank} of {ranks.Size} failed, and the others with it: {exception}");
            throw;
        }
        finally
        {
            ranks.Leave();
        }
    }

    // What follows from the numbers of all ranks comes to all alike.
    private static bool IsOfAllRanks(Exception exception) => exception is TrainingDivergedException or RanksDifferException or AgreedCancellationException;

    private static void RequireOneProcess(TrainingRun run, string what)
    {
        if (run.Ranks is not null)
            throw new NotSupportedException($"{what} runs in one process: leave Communicator null for it.");
    }
}
