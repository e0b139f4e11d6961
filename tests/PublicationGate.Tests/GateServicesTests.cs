using MediatR;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Data;
using PublicationGate.Faces;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests;

/// <summary>Handlers are registered one by one: one that is forgotten shows only when somebody presses its button.</summary>
public class GateServicesTests
{
    [Test]
    public async Task Every_request_has_its_handler()
    {
        using var place = new TestDatabase(DatabaseKind.Sqlite);
        var database = await place.OpenMigratedAsync();
        Func<FaceCounter> faces = () => throw new InvalidOperationException("nobody counts here");
        await using var services = new ServiceCollection().AddLogging()
            .AddPublicationGate(new GateSetup(database, database, Some.Protocol, faces, new DatabaseWait(database.Place, TimeSpan.Zero, _ => { }, TimeProvider.System))).BuildServiceProvider();
        var known = services.GetRequiredService<IServiceProviderIsService>();
        var handlers = typeof(GateServices).Assembly.GetTypes()
            .SelectMany(type => type.GetInterfaces().Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IRequest<>)).Select(one => typeof(IRequestHandler<,>).MakeGenericType(type, one.GenericTypeArguments[0]))).ToList();
        Assert.That(handlers, Has.Count.GreaterThan(20));
        Assert.That(handlers.Where(handler => !known.IsService(handler)).Select(handler => handler.GenericTypeArguments[0].Name), Is.Empty);
    }
}
