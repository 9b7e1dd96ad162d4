import type { Command } from 'commander';
import type { Env } from '../open.ts';

/** One file a command (or a small family) in this folder; each adds itself to the program. */
export type AddCommand = (program: Command, env: Env) => void;
