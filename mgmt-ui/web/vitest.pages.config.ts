import { defineConfig } from 'vitest/config';

// The built pages in a real browser. Answers are made up; what they are worth is proved against a running server.
export default defineConfig({ test: { include: ['test-pages/**/*.test.ts'], environment: 'node', testTimeout: 240_000, hookTimeout: 120_000, fileParallelism: false } });
