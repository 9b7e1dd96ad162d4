import { minifyContractRouter } from '@orpc/contract';
import { defineConfig, type Plugin } from 'vite';
import { contract } from '../src/api/contract/contract.ts';

/** The contract's methods and paths without its schemas: the client needs no zod. */
function contractPaths(): Plugin {
  const id = 'virtual:contract';
  return {
    name: 'contract-paths',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) =>
      source === `\0${id}`
        ? `export const contract = ${JSON.stringify(minifyContractRouter(contract))};`
        : null,
  };
}

/** Built into dist/web, served by src/api/web.ts, which puts a nonce of the request where the placeholder stands. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/meja/',
  oxc: { jsx: { runtime: 'automatic' } },
  html: { cspNonce: '__NONCE__' },
  plugins: [contractPaths()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Inlined assets would be data: URLs, which the CSP refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
