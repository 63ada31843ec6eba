namespace Akka.Dispatch;

/// <summary>What an actor asks of its mailbox. The one mailbox of this edition answers to all of them.</summary>
public interface ISemantics;

public interface IUnboundedMessageQueueSemantics : ISemantics;

public interface IDequeBasedMessageQueueSemantics : ISemantics;

public interface IUnboundedDequeBasedMessageQueueSemantics
    : IDequeBasedMessageQueueSemantics, IUnboundedMessageQueueSemantics;

/// <summary>Names the mailbox that an actor needs.</summary>
public interface IRequiresMessageQueue<T>
    where T : ISemantics;

/// <summary>A piece of work for a scheduler.</summary>
public interface IRunnable : IThreadPoolWorkItem
{
    void Run();
}
