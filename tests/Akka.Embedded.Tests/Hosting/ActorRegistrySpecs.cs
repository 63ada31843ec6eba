using Akka.Actor;
using Akka.Hosting;
using Xunit;

namespace Akka.Embedded.Tests.Hosting;

public sealed class ActorRegistrySpecs : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("registry");
    private readonly ActorRegistry _registry = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _system.Terminate();

    [Fact]
    public void An_actor_is_found_by_its_key()
    {
        var actor = Start();
        _registry.Register<Key>(actor);

        Assert.Equal(actor, _registry.Get<Key>());
        Assert.True(_registry.TryGet<Key>(out var found));
        Assert.Equal(actor, found);
        Assert.Equal([new KeyValuePair<Type, IActorRef>(typeof(Key), actor)], _registry);
    }

    [Fact]
    public void A_second_actor_takes_the_place_of_the_first_only_when_told_to()
    {
        var (first, second) = (Start(), Start());
        _registry.Register<Key>(first);

        Assert.False(_registry.TryRegister<Key>(second));
        Assert.Throws<DuplicateActorRegistryException>(() => _registry.Register<Key>(second));
        Assert.Equal(first, _registry.Get<Key>());
        _registry.Register<Key>(second, overwrite: true);
        Assert.Equal(second, _registry.Get<Key>());
    }

    [Fact]
    public void What_is_not_registered_is_missing()
    {
        Assert.False(_registry.TryGet<Key>(out var nobody));
        Assert.Equal(ActorRefs.Nobody, nobody);
        Assert.Throws<MissingActorRegistryEntryException>(() => _registry.Get<Key>());
    }

    [Fact]
    public async Task One_can_wait_for_an_actor_or_stop_waiting()
    {
        using var cancellation = new CancellationTokenSource();
        var patient = _registry.GetAsync<Key>();
        var impatient = _registry.GetAsync<Key>(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        var actor = Start();

        _registry.Register<Key>(actor);

        Assert.Equal(actor, await patient);
        Assert.Equal(actor, await _registry.GetAsync<Key>());
    }

    private IActorRef Start() => _system.ActorOf(Props.Create(() => new Silent()));

    private sealed class Key;

    private sealed class Silent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}
