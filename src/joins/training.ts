import path from 'node:path';
import type { Training } from '../api/deps.ts';
import { projectRoot } from '../core/root.ts';
import { lint } from '../draft/santun.ts';
import type { Services } from '../services.ts';
import { storyLessons } from '../training/lessons.ts';

/** A reply in training belongs to no case: nothing is asked of its number. */
const noCase = { templateId: null, caseId: '', secret: true, forwarded: false } as const;

/** The story's messages and the santun check. */
export function openTraining(services: Pick<Services, 'templates'>): Training {
  return {
    lessons: storyLessons(path.join(projectRoot, 'fixtures')),
    remarksOn: (text) => lint(services.templates, text, noCase).map((warning) => warning.why),
  };
}
