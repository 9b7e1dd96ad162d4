import { caller } from '../context.ts';
import { readHandover } from '../handover.ts';
import { askingFor } from '../thread-lists.ts';
import { callersScope, os } from './base.ts';

export const handover = os.handover.router({
  get: os.handover.get.handler(({ context }) =>
    readHandover(context.deps, askingFor(context.deps, caller(context), callersScope(context))),
  ),
});
