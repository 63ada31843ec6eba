using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>Makes the instances of an actor in a way of its own, such as from a container of dependencies.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }

    ActorBase Produce();

    void Release(ActorBase actor);
}

/// <summary>
/// The recipe for an actor: its type, the arguments of its constructor, and how its children are supervised.
/// </summary>
public class Props : IEquatable<Props>
{
    private readonly IIndirectActorProducer? _producer;

    public Props(Type type, object[] args)
        : this(type, null, args, null)
    {
    }

    private Props(Type type, IIndirectActorProducer? producer, object[]? args, SupervisorStrategy? strategy)
    {
        ArgumentNullException.ThrowIfNull(type);
        Type = type;
        Arguments = args ?? [];
        SupervisorStrategy = strategy!;
        _producer = producer;
    }

    public Type Type { get; }

    public string TypeName => Type.AssemblyQualifiedName!;

    public object[] Arguments { get; }

    /// <summary>For actors that do not override <c>SupervisorStrategy()</c>. Null is the default.</summary>
    public SupervisorStrategy SupervisorStrategy { get; }

    /// <summary>Where the actor runs: on the thread pool, by whatever name but the test kit's.</summary>
    public string Dispatcher { get; private init; } = "akka.actor.default-dispatcher";

    /// <summary>
    /// From <c>() => new T(…)</c>. The arguments are evaluated now, once, and given to each instance.
    /// </summary>
    public static Props Create<TActor>(
        Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is UnaryExpression)
            throw new ArgumentException("Cannot use non-generic expression bodies.", nameof(factory));
        if (factory.Body is not NewExpression creation)
        {
            throw new ArgumentException(
                "The create function must be a 'new T (args)' expression", nameof(factory));
        }

        return new Props(creation.Type, null, creation.Arguments.Select(Value).ToArray()!, supervisorStrategy);
    }

    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => new(typeof(TActor), null, args, null);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => new(typeof(TActor), null, [], supervisorStrategy);

    public static Props Create(Type type, params object[] args)
    {
        if (!typeof(ActorBase).IsAssignableFrom(type))
            throw new ArgumentException($"{type} is not an actor.", nameof(type));
        return new Props(type, null, args, null);
    }

    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) =>
        new(producer.ActorType, producer, args, null);

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) =>
        new(Type, _producer, Arguments, supervisorStrategy) { Dispatcher = Dispatcher };

    public Props WithDispatcher(string dispatcher) =>
        new(Type, _producer, Arguments, SupervisorStrategy) { Dispatcher = dispatcher };

    /// <summary>Makes an instance. Only inside the cell that it is for.</summary>
    public virtual ActorBase NewActor()
    {
        try
        {
            return _producer is not null
                ? _producer.Produce()
                : (ActorBase)Activator.CreateInstance(Type, Arguments)!;
        }
        catch (Exception fault)
        {
            throw new TypeLoadException(
                $"Error while creating actor instance of type {Type} with {Arguments.Length} args: "
                + $"({string.Join(',', Arguments)})",
                fault);
        }
    }

    /// <summary>As in Akka.NET, arguments count by their number alone, and strategies not at all.</summary>
    public bool Equals(Props? other) => other is not null && Type == other.Type
        && Dispatcher == other.Dispatcher && Arguments.Length == other.Arguments.Length;

    public override bool Equals(object? obj) => Equals(obj as Props);

    public override int GetHashCode() => HashCode.Combine(Type, Arguments.Length);

    internal void Release(ActorBase actor) => _producer?.Release(actor);

    private static object? Value(Expression argument) => argument switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field, Expression: { } owner } => field.GetValue(Value(owner)),
        MemberExpression { Member: FieldInfo { IsStatic: true } field } => field.GetValue(null),
        MemberExpression { Member: PropertyInfo property, Expression: { } owner } => property.GetValue(Value(owner)),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null, Type.IsValueType: false } cast =>
            Value(cast.Operand),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(argument, typeof(object)))
            .Compile(preferInterpretation: true)()
    };
}
