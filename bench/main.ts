/** `npm run bench`: every bench of this folder, one after the other. Ratios within one run; no figure is a test. */
await import('./naive-bayes.ts');
await import('./classify.ts');
await import('./pipeline.ts');
await import('./export.ts');
await import('./import.ts');
await import('./inbox.ts');
