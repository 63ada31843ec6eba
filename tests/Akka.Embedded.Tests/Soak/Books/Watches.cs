namespace Akka.Embedded.Tests.Soak.Books;

/// <summary>Whom an actor watches. Each watch gives one <c>Terminated</c>, or is taken back.</summary>
internal sealed class Watches(Action<string> report)
{
    private readonly HashSet<int> _subjects = [];

    public IReadOnlyCollection<int> Subjects => _subjects;

    /// <summary>Watching again what is watched changes nothing.</summary>
    public bool Watch(int subject) => _subjects.Add(subject);

    public void Unwatch(int subject) => _subjects.Remove(subject);

    /// <param name="subjectRuns">Whether an instance of the subject still takes messages, which must be over.</param>
    public void Ended(int subject, bool subjectRuns)
    {
        if (!_subjects.Remove(subject))
            report($"was told a second time, or unasked, that actor {subject} has ended");
        if (subjectRuns)
            report($"was told of the end of actor {subject}, which still runs");
    }
}
