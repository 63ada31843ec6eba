using Akka.Actor;
using Akka.Embedded.Tests.Persistence.Support;
using Akka.Event;
using Akka.Hosting;
using Akka.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Akka.Embedded.Tests.Hosting;

public sealed class HostLoggingSpecs
{
    [Fact]
    public async Task Log_events_go_to_the_loggers_of_the_host_from_their_level_on()
    {
        var notes = new Notes();
        using var host = Host(notes, builder => builder.ConfigureLoggers(loggers =>
        {
            loggers.LogLevel = Akka.Event.LogLevel.WarningLevel;
            loggers.ClearLoggers();
            loggers.AddLoggerFactory();
        }));
        await host.StartAsync();
        var log = Logging.GetLogger(host.Services.GetRequiredService<ActorSystem>(), "me");

        log.Info("not this");
        log.Warning("{0} warns", "one");
        log.Error(new InvalidOperationException("why"), "two fails");

        Assert.Equal(["Warning one warns", "Error two fails why"], await notes.Next(2));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_custom_serializer_serves_the_types_it_is_bound_to()
    {
        using var host = Host(new Notes(), builder => builder.WithCustomSerializer(
            "words", [typeof(IWord)], system => new WordSerializer(system)));
        await host.StartAsync();
        var serialization = host.Services.GetRequiredService<ActorSystem>().Serialization;

        var serializer = serialization.FindSerializerFor(new Word("hello"));
        var bytes = serializer.ToBinary(new Word("hello"));

        Assert.IsType<WordSerializer>(serializer);
        Assert.Equal(new Word("hello"), serialization.Deserialize(bytes, 4711, "w"));
        await host.StopAsync();
    }

    private static IHost Host(Notes notes, Action<AkkaConfigurationBuilder> configure)
    {
        var application = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        application.Logging.AddProvider(new NoteTaker(notes));
        application.Services.AddAkka("logging", configure);
        return application.Build();
    }

    private interface IWord;

    private sealed record Word(string Text) : IWord;

    private sealed class WordSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => 4711;

        public override string Manifest(object o) => "w";

        public override byte[] ToBinary(object obj) => System.Text.Encoding.UTF8.GetBytes(((Word)obj).Text);

        public override object FromBinary(byte[] bytes, string manifest) =>
            new Word(System.Text.Encoding.UTF8.GetString(bytes));
    }

    /// <summary>Notes what the actor system logs, by level.</summary>
    private sealed class NoteTaker(Notes notes) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName == typeof(ActorSystem).FullName ? this : NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var text = state is LogEvent logged ? $"{logged.Message}" : formatter(state, exception);
            if (logLevel >= LogLevel.Warning)
                notes.Add(exception is null ? $"{logLevel} {text}" : $"{logLevel} {text} {exception.Message}");
            else
                notes.Add($"{logLevel} {text}");
        }

        public void Dispose()
        {
        }
    }
}
