using System.Collections.Concurrent;
using System.Diagnostics;

namespace PublicationGate.App.Tests.Support;

/// <summary>Hears of every HTTP request that this process makes, and notes those that go to another machine.</summary>
internal sealed class OutgoingCalls : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    // Names under .example exist nowhere: only tests name them, as places of pictures, and the gate is to look there.
    private const string OfTests = ".example";

    private readonly ConcurrentBag<string> unexpected = [];
    private readonly List<IDisposable> listening = [];

    public OutgoingCalls() => listening.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public IReadOnlyCollection<string> Unexpected => unexpected;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "HttpHandlerDiagnosticListener")
        {
            listening.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value?.GetType().GetProperty("Request")?.GetValue(value.Value) is HttpRequestMessage { RequestUri: { IsLoopback: false } address } && !address.Host.EndsWith(OfTests, StringComparison.Ordinal))
        {
            unexpected.Add(address.Host);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => listening.ForEach(one => one.Dispose());
}
