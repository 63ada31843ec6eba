using AtlasActors.Host.Commands;
using AtlasActors.Host.Running;

// First of all: no signal is to be lost.
using var interrupts = Interrupts.OfThisProcess();
return await AtlasActorsProgram.RunAsync(args, Shell.OfThisProcess(interrupts)).ConfigureAwait(false);
