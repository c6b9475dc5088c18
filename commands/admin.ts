#!/usr/bin/env node
import { runMain } from '../platform/run-main.ts';
import { adminCommand } from './admin/program.ts';

/** `concord-admin`: what whoever operates a hub does with it. Exit code 0: done; 1: not done, or something is wrong, in a sentence. */
await runMain(async () => {
  await adminCommand().parseAsync();
});
