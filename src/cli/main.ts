#!/usr/bin/env node
/** Composition root: the only place that reads the environment, makes the real effects and maps errors to exit codes. */
process.exitCode = 0;
