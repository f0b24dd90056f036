import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contractServer } from './dev/server.ts';
import { firstVisit } from './firstvisit.ts';

// `vite` answers the contract from recorded data for work on the pages; what is built and shipped knows nothing of it.
// With SLUICE_SERVER=https://127.0.0.1:8443 the same pages talk to a running `sluice manage`.
const real = process.env.SLUICE_SERVER;

/** Our own parts and React; pages, and what is large and only some of them need, stay by themselves. */
const shared = /node_modules\/(react|react-dom|scheduler)\/|web\/src\/(api\/|app\/|components\/(?!Chart)|filter\/|i18n\/|live\/|shell\/|theme\/)/;

export default defineConfig({
  plugins: [react(), firstVisit(), ...(real || process.env.VITEST ? [] : [contractServer()])],
  base: '/',
  server: {
    host: '127.0.0.1',
    proxy: real ? { '/api': { target: real, secure: false, changeOrigin: true } } : undefined,
  },
  build: {
    outDir: 'target/classes/web',
    emptyOutDir: true,
    assetsDir: 'assets',
    target: 'es2022',
    // The policy forbids data: in scripts and styles, and inline modules; everything is a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // What most pages share is one file, not twenty of a kilobyte: over HTTP/1.1 each waits for the one before.
        codeSplitting: { groups: [{ name: 'base', test: shared, minShareCount: 2 }] },
      },
    },
  },
  test: { include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], environment: 'node' },
} as Parameters<typeof defineConfig>[0]);
