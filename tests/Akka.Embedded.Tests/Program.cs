using Akka.Embedded.Tests.Persistence.Support;

// Tests that kill a process run this assembly as that process.
return await VictimProcess.Run(args);
