using System.Collections.Concurrent;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Reads several cursors on threads of their own and brings their rows back into the order of the batches.</summary>
internal sealed class ConsolidatingCursor : BlockCursor
{
    private readonly Worker[] _workers;
    private readonly RowBlock[] _heads;

    private ConsolidatingCursor(DataViewRowCursor[] sources, IEnumerable<DataViewSchema.Column> active)
        : base(sources[0].Schema, active)
    {
        _workers = sources.Select(s => new Worker(s)).ToArray();
        _heads = new RowBlock[sources.Length];
    }

    public override long Batch => 0;

    public static DataViewRowCursor Consolidate(DataViewRowCursor[] sources)
    {
        if (sources.Length == 1)
            return sources[0];
        return new ConsolidatingCursor(sources, sources[0].Schema.Where(sources[0].IsColumnActive).ToArray());
    }

    protected override RowBlock NextBlockOrNull()
    {
        int first = -1;
        for (int i = 0; i < _workers.Length; i++)
        {
            _heads[i] ??= _workers[i].NextOrNull();
            if (_heads[i] != null && (first < 0 || _heads[i].Batch < _heads[first].Batch))
                first = i;
        }
        if (first < 0)
            return null;
        RowBlock block = _heads[first];
        _heads[first] = null;
        return block;
    }

    protected override void Dispose(bool disposing)
    {
        foreach (Worker worker in _workers)
            worker.Dispose();
        base.Dispose(disposing);
    }

    private sealed class Worker : IDisposable
    {
        private const int BlocksAhead = 4;

        private readonly BlockingCollection<RowBlock> _blocks = new(BlocksAhead);
        private readonly CancellationTokenSource _stop = new();
        private readonly DataViewRowCursor _source;
        private readonly Thread _thread;
        private volatile Exception _error;

        public Worker(DataViewRowCursor source)
        {
            _source = source;
            _thread = new Thread(Read) { IsBackground = true, Name = nameof(ConsolidatingCursor) };
            _thread.Start();
        }

        public RowBlock NextOrNull()
        {
            if (_blocks.TryTake(out RowBlock block, Timeout.Infinite))
                return block;
            if (_error == null)
                return null;
            throw Contracts.Except("Splitter/consolidator worker encountered exception while consuming source data", _error);
        }

        public void Dispose()
        {
            _stop.Cancel();
            _thread.Join();
            _source.Dispose();
        }

        private void Read()
        {
            try
            {
                var reader = new BlockReader(_source);
                while (reader.ReadOrNull() is RowBlock block)
                    _blocks.Add(block, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
            }
            catch (Exception exception)
            {
                _error = exception;
            }
            finally
            {
                _blocks.CompleteAdding();
            }
        }
    }
}
