// The tests run programs of their own; each fixture has its own folders.
[assembly: Parallelizable(ParallelScope.Fixtures)]
